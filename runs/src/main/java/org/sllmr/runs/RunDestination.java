// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.file.Unfinished;

/**
 * The destination of a run folder, locked for this process until closed.
 *
 * <p>Hidden files beside it hold the checkpoint and the fingerprint of a stopped training. Locking removes what a
 * killed process left half-written; ending the run removes the rest.
 */
public final class RunDestination implements AutoCloseable {
    private final Path path;
    private final Path place;
    private final @Nullable FolderLock lock;

    private RunDestination(Path path, @Nullable FolderLock lock) {
        this.path = path;
        this.place = path.toAbsolutePath().normalize();
        this.lock = lock;
    }

    /**
     * Locks a destination.
     *
     * @param path where the run folder is to be; missing parents are created
     * @throws InvalidInputException if another process holds the lock, or nothing can be written there
     */
    public static RunDestination lock(Path path) {
        RunDestination locked = new RunDestination(path, FolderLock.beside(path, "training"));
        Unfinished.clearLocked(locked.place);
        return locked;
    }

    /** A destination to inspect only: without a lock, nothing is created or removed. */
    public static RunDestination inspect(Path path) {
        return new RunDestination(path, null);
    }

    /** The path as the caller gave it. */
    public Path path() {
        return path;
    }

    /**
     * Requires that a run or stopped training at this destination, if any, has these settings.
     *
     * @throws InvalidInputException naming what differs
     */
    public void require(RunSettings settings) {
        Fingerprint wanted = Fingerprint.of(settings);
        run().ifPresent(run -> requireSame(wanted, Fingerprint.of(run).settings(), "is a run"));
        begun().ifPresent(begun -> requireSame(wanted, begun.settings(), "holds a stopped training"));
    }

    /**
     * Requires that a run or stopped training at this destination, if any, has these settings, data and teacher's
     * scores.
     *
     * @throws InvalidInputException naming what differs
     */
    public void require(RunSettings settings, RunInputs inputs) {
        require(Fingerprint.of(settings, inputs));
    }

    private void require(Fingerprint wanted) {
        Optional<RunFolder> run = run();
        run.ifPresent(there -> requireSame(wanted, Fingerprint.of(there), "is a run"));
        if (run.isEmpty()) {
            begun().ifPresent(begun -> requireSame(wanted, begun, "holds a stopped training"));
        }
    }

    /**
     * The complete run at this destination, if there is one, with the same settings, data and teacher's scores.
     *
     * @throws InvalidInputException if the run or stopped training there has others, naming what differs
     */
    Optional<RunFolder> found(Fingerprint wanted) {
        require(wanted);
        return run();
    }

    /**
     * Stores the fingerprint of the training that begins.
     *
     * @throws InvalidInputException if no fingerprint is there, but a checkpoint of another training
     */
    void begin(Fingerprint fingerprint, RunCheckpoint checkpoint) {
        if (!Files.exists(fingerprintFile())) {
            checkpoint.requireOwn();
        }
        try {
            SealedText.YAML.write(fingerprintFile(), fingerprint.text());
        } catch (IOException e) {
            throw new InvalidInputException(
                    path.toString(),
                    "cannot be written: " + Reason.of(e) + "; free some space or choose another folder");
        }
    }

    /** Removes the files that only an incomplete training needs. */
    void end(RunCheckpoint checkpoint) {
        checkpoint.delete();
        Folders.delete(fingerprintFile());
    }

    /** The training's checkpoint file. */
    Path checkpoint() {
        return hidden(".checkpoint");
    }

    private Path fingerprintFile() {
        return hidden(".fingerprint");
    }

    private Path hidden(String suffix) {
        return place.resolveSibling("." + place.getFileName() + suffix);
    }

    private Optional<RunFolder> run() {
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RunFolder.open(path));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    path.toString(),
                    "exists already and is not a complete run: " + e.getMessage() + "; nothing is overwritten: give"
                            + " another --out, or delete it");
        }
    }

    private Optional<Fingerprint> begun() {
        Path file = fingerprintFile();
        if (!Files.exists(file) || !Files.exists(checkpoint())) {
            return Optional.empty();
        }
        try {
            String text = SealedText.YAML
                    .open(InputFile.bytes(file))
                    .orElseThrow(() -> new InvalidInputException(
                            file.toString(),
                            "is damaged: it has no valid checksum, or an earlier version wrote it; delete it alone, and"
                                    + " the same command resumes from the checkpoint beside it (one of other settings"
                                    + " is refused)"));
            return Optional.of(Fingerprint.read(text));
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    private void requireSame(Fingerprint wanted, Fingerprint there, String what) {
        String differences = wanted.differences(there);
        if (!differences.isEmpty()) {
            throw new InvalidInputException(
                    path.toString(),
                    what + " of other settings, data or teacher's scores; what differs: " + differences
                            + "; give another --out, or delete " + (Files.exists(place) ? path : checkpoint()));
        }
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        if (!Files.exists(checkpoint())) {
            Folders.delete(fingerprintFile());
        }
        lock.close();
    }
}

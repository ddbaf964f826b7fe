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
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Unfinished;

/**
 * Where a run folder is to be, held by this process alone until closed.
 *
 * <p>Beside it, hidden, stand the checkpoint of a training that was stopped and the fingerprint of that training. Taking
 * the place removes what a process that was killed had begun to write there; ending the run removes the rest.
 */
public final class RunPlace implements AutoCloseable {
    private final Path path;
    private final Path place;
    private final @Nullable FolderLock lock;

    private RunPlace(Path path, @Nullable FolderLock lock) {
        this.path = path;
        this.place = path.toAbsolutePath().normalize();
        this.lock = lock;
    }

    /**
     * Takes a place.
     *
     * @param path where the run folder is to be; missing parents are made
     * @throws InvalidInputException if another process is at work there, or nothing can be written there
     */
    public static RunPlace take(Path path) {
        RunPlace taken = new RunPlace(path, FolderLock.beside(path, "training"));
        Unfinished.clearLocked(taken.place);
        return taken;
    }

    /** A place that is only looked at: nothing is made or removed there. */
    public static RunPlace lookAt(Path path) {
        return new RunPlace(path, null);
    }

    /** Where the run folder is to be, as it was named. */
    public Path path() {
        return path;
    }

    /**
     * Refuses what settings alone tell: a run of other settings that is there, or was begun.
     *
     * @throws InvalidInputException naming what differs
     */
    public void require(RunSettings settings) {
        Fingerprint wanted = Fingerprint.of(settings);
        run().ifPresent(run -> requireSame(wanted, Fingerprint.of(run).settings(), "is a run"));
        begun().ifPresent(begun -> requireSame(wanted, begun.settings(), "holds a stopped training"));
    }

    /**
     * Refuses a run of other settings, data or teacher's scores that is there, or was begun.
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
     * The run that is there already: complete, of the same settings, data and teacher's scores.
     *
     * @throws InvalidInputException if a run of others is there, or was begun, naming what differs
     */
    Optional<RunFolder> found(Fingerprint wanted) {
        require(wanted);
        return run();
    }

    /** Keeps the fingerprint of the training that begins. */
    void begin(Fingerprint fingerprint) {
        try {
            Files.writeString(fingerprintFile(), fingerprint.text());
        } catch (IOException e) {
            throw new InvalidInputException(
                    path.toString(),
                    "cannot be written: " + Reason.of(e) + "; free some space or choose another place");
        }
    }

    /** Removes what only a training that is not complete needs. */
    void end(RunCheckpoint checkpoint) {
        checkpoint.delete();
        Folders.delete(fingerprintFile());
    }

    /** Where the training keeps its snapshots. */
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
                    "is there already and is no whole run: " + e.getMessage()
                            + "; nothing is overwritten: give another --out, or delete it");
        }
    }

    private Optional<Fingerprint> begun() {
        Path file = fingerprintFile();
        if (!Files.exists(file) || !Files.exists(checkpoint())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Fingerprint.read(Files.readString(file)));
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

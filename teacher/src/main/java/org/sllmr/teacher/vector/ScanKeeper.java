// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;

/**
 * Keeps the state of a {@link CatalogueScan} in its {@link ScanFile}: now and then, and when it is stopped.
 *
 * <p>A file that cannot be used or written is told to the listener, and the scan goes on without.
 */
final class ScanKeeper {
    /** A saving that takes long is followed by a time that is longer by this factor, so it costs two percent at most. */
    private static final int REST = 50;

    private final @Nullable Path file;
    private final String inputs;
    private final long interval;
    private final TopItems top;
    private final int catalogue;
    private final ProgressListener listener;
    private ScanPosition position = ScanPosition.START;
    private long next;
    private boolean failed;

    private ScanKeeper(ScanFile file, String inputs, TopItems top, int catalogue, ProgressListener listener) {
        this.file = file.file();
        this.inputs = inputs;
        this.interval = file.interval().toNanos();
        this.top = top;
        this.catalogue = catalogue;
        this.listener = listener;
        this.next = System.nanoTime() + interval;
    }

    /**
     * Reads the state of a stopped scan, if there is one of the same inputs.
     *
     * @param inputs hash of everything that decides the result, which takes a moment; asked for only if there is a file
     * @param catalogue number of items that each user is compared with
     */
    static ScanKeeper of(
            ScanFile file, Supplier<String> inputs, TopItems top, int catalogue, ProgressListener listener) {
        String hash = file.file() == null
                ? ""
                : new Sha256().add(file.owner()).add(inputs.get()).hex();
        ScanKeeper keeper = new ScanKeeper(file, hash, top, catalogue, listener);
        keeper.load();
        return keeper;
    }

    private void load() {
        if (file == null) {
            return;
        }
        try {
            ScanFile.read(file, inputs, top).ifPresent(found -> {
                position = found;
                listener.noted(file + ": the search for nearest items resumes at " + percent());
            });
        } catch (InvalidInputException e) {
            listener.noted(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            listener.noted(file + ": cannot be read: " + Reason.of(e)
                    + "; the search for nearest items starts from the beginning");
        }
    }

    /** Where the scan is. */
    ScanPosition position() {
        return position;
    }

    /**
     * Notes where the scan is, between two tiles, and saves it if it is time.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    void at(ScanPosition reached) throws InterruptedException {
        position = reached;
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long start = System.nanoTime();
        if (file == null || start - next < 0) {
            return;
        }
        try {
            save(file);
        } catch (ClosedByInterruptException e) {
            // Only an interruption of this thread closes it, and it is told by the exception.
            boolean told = Thread.interrupted();
            assert told;
            throw new InterruptedException();
        }
        long end = System.nanoTime();
        next = end + Math.max(interval, REST * (end - start));
    }

    /** Saves the state of a scan that is being stopped. */
    void stopped() {
        if (file == null) {
            return;
        }
        // An interrupted thread cannot write.
        boolean interrupted = Thread.interrupted();
        try {
            if (save(file)) {
                listener.noted(file + ": keeps the search for nearest items, of which " + percent() + " is done");
            }
        } catch (ClosedByInterruptException again) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean save(Path place) throws ClosedByInterruptException {
        try {
            ScanFile.write(place, inputs, position, top);
            return true;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (!failed) {
                failed = true;
                listener.noted(place + ": cannot be written: " + Reason.of(e)
                        + "; if this command is stopped, the search for nearest items starts from the beginning");
            }
            return false;
        }
    }

    private String percent() {
        return 100 * position.users(catalogue) / top.users() + " %";
    }
}

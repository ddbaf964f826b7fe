// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.sllmr.configuration.InvalidInputException;

/**
 * Checks the checksums of a gzip file while somebody else reads it who does not, in a thread of its own.
 *
 * <p>Files that are not compressed have nothing to check.
 */
final class GzipCheck implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Path path;
    private final FutureTask<Boolean> check;
    private volatile boolean stopped;

    private GzipCheck(Path path, boolean compressed) {
        this.path = path;
        this.check = new FutureTask<>(() -> !compressed || readAll());
        Thread thread = new Thread(check, "gzip-check");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to check a file. */
    static GzipCheck of(Path path) throws IOException {
        return new GzipCheck(path, TextFile.isGzip(path));
    }

    private boolean readAll() throws IOException {
        byte[] block = new byte[BLOCK];
        try (InputStream stream = TextFile.open(path)) {
            while (!stopped && stream.read(block) >= 0) {
                // The stream compares what it read with the checksums of the file.
            }
        }
        return true;
    }

    /**
     * Waits for the end.
     *
     * @throws InvalidInputException if the data are damaged
     */
    void await() {
        try {
            check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while reading");
        } catch (ExecutionException e) {
            IOException failure = e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
            throw new InvalidInputException(List.of(TextFile.broken(path, 0, failure)));
        }
    }

    /** Gives up what is not checked yet. */
    @Override
    public void close() {
        stopped = true;
    }
}

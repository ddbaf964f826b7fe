// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that has been silent for too long, which ends a read that would otherwise wait for ever. */
final class Watchdog implements Closeable {
    private final InputStream stream;
    private final long patience;
    private final Thread thread;
    private volatile boolean expired;
    private volatile long lastSign = System.nanoTime();

    Watchdog(InputStream stream, Duration patience) {
        this.stream = stream;
        this.patience = patience.toNanos();
        this.thread = new Thread(this::watch, "download-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether the stream was closed for its silence. */
    boolean hasExpired() {
        return expired;
    }

    /** Bytes have come. */
    void alive() {
        lastSign = System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                long left = patience - (System.nanoTime() - lastSign);
                if (left <= 0) {
                    expired = true;
                    stream.close();
                    return;
                }
                Thread.sleep(left / 1_000_000 + 1);
            }
        } catch (InterruptedException | IOException e) {
            // The transfer is over, or about to fail by itself.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream that has not sent bytes for too long, which ends a read that would otherwise block forever. */
final class Watchdog implements Closeable {
    private final InputStream stream;
    private final long timeoutNanos;
    private final Thread thread;
    private volatile boolean expired;
    private volatile long lastReceived = System.nanoTime();

    Watchdog(InputStream stream, Duration timeoutNanos) {
        this.stream = stream;
        this.timeoutNanos = timeoutNanos.toNanos();
        this.thread = new Thread(this::watch, "download-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether the stream was closed. */
    boolean hasExpired() {
        return expired;
    }

    /** Notes that bytes were received. */
    void received() {
        lastReceived = System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                long left = timeoutNanos - (System.nanoTime() - lastReceived);
                if (left <= 0) {
                    expired = true;
                    stream.close();
                    return;
                }
                Thread.sleep(left / 1_000_000 + 1);
            }
        } catch (InterruptedException | IOException e) {
            // The transfer has ended, or is about to fail by itself.
        }
    }
}

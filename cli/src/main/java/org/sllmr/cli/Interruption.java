// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On Ctrl-C interrupts the working thread and waits for it to clean up.
 *
 * <p>The exit code is the signal's (130), because the Java runtime ends the process when its hooks are done.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean stopping;

    /** Handles Ctrl-C for the given thread until closed. */
    static Interruption of(Thread worker) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(worker), "interruption"));
        return interruption;
    }

    private void stop(Thread worker) {
        if (done.getCount() == 0) {
            return;
        }
        stopping = true;
        worker.interrupt();
        try {
            boolean clean = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assert clean || worker.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process is being stopped. */
    boolean stopping() {
        return stopping;
    }

    @Override
    public void close() {
        done.countDown();
    }
}

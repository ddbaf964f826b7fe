// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The threads that wait for the provider, one for each request under way. */
final class Workers implements AutoCloseable {
    /** How long requests under way may still be answered after an interrupt; less than the process has to end. */
    private static final long GRACE_MILLIS = 4_000;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch running;
    private final Agenda agenda;

    Workers(int number, Runnable work, Agenda agenda) {
        this.agenda = agenda;
        this.running = new CountDownLatch(number);
        for (int index = 0; index < number; index++) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } finally {
                            running.countDown();
                        }
                    },
                    "scoring-" + index);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Waits so long for all to end; returns whether they did. */
    boolean done(long millis) throws InterruptedException {
        return running.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Sees to it that nothing is sent any more and that what arrives is stored. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        agenda.stop(AskingEnd.DONE, "");
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        boolean ended = false;
        boolean asked = false;
        while (!ended) {
            try {
                long left = deadline - System.nanoTime();
                ended = left > 0 ? running.await(left, TimeUnit.NANOSECONDS) : running.await(1, TimeUnit.SECONDS);
                if (!ended && !asked) {
                    asked = true;
                    threads.forEach(Thread::interrupt);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

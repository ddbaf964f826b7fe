// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The threads of a run, each of which sends one request at a time and waits for the reply. */
final class RequestThreads implements AutoCloseable {
    /** Time for requests under way to be answered after an interrupt, shorter than the time for the process to end. */
    private static final long GRACE_MILLIS = 4_000;

    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch running;
    private final Agenda agenda;

    RequestThreads(int number, Runnable work, Agenda agenda) {
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

    /** Waits for all to end, up to a time; returns whether they did. */
    boolean done(long millis) throws InterruptedException {
        return running.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Stops sending, and stores the replies that still arrive. */
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

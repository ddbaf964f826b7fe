// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that take pieces of work in order; the results are returned in the same order. */
public final class Workers implements AutoCloseable {
    private final ExecutorService executor;

    /**
     * Threads are started when they are needed.
     *
     * @param threads the most threads, at least 1
     * @param name of the threads, as profilers and thread dumps show it
     */
    public Workers(int threads, String name) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", allowed is 1 or more");
        }
        this.executor = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Submits a piece of work, which starts as soon as a thread is free. */
    public <T> Task<T> start(Callable<T> work) {
        return new Task<>(executor.submit(work));
    }

    /**
     * Does several pieces of work.
     *
     * @return the results, in the order of the work
     * @throws InterruptedException if the calling thread was interrupted; running work then ends with {@link #close}
     */
    public <T> List<T> all(List<? extends Callable<T>> work) throws InterruptedException {
        List<Task<T>> tasks = new ArrayList<>();
        for (Callable<T> one : work) {
            tasks.add(start(one));
        }
        List<T> results = new ArrayList<>();
        for (Task<T> task : tasks) {
            results.add(task.get());
        }
        return results;
    }

    /** Drops work that has not started, interrupts running work, and returns when that has ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

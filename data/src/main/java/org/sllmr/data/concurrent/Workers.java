// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A few threads that do what they are handed, in that order; whoever asks for the results gets them in that order too. */
public final class Workers implements AutoCloseable {
    private final ExecutorService executor;

    /**
     * Starts no thread before it is needed.
     *
     * @param threads the most threads, at least 1
     * @param name of the threads, for whoever looks at the process
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

    /** Hands over one piece of work, which begins as soon as a thread is free. */
    public <T> Task<T> start(Callable<T> work) {
        return new Task<>(executor.submit(work));
    }

    /**
     * Does all of some work.
     *
     * @return the results, in the order of the work
     * @throws InterruptedException if the calling thread was interrupted; what is under way then ends with {@link #close}
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

    /** Drops what has not begun, interrupts what is under way, and returns when that has ended. */
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes one thing ahead in a second thread, or on demand in the caller's where that is not wanted.
 *
 * <p>Closing waits for what is under way: after it, nothing touches the model any more.
 */
final class Ahead<T> implements AutoCloseable {
    private final @Nullable ExecutorService executor;
    private @Nullable Supplier<T> task;
    private @Nullable Future<T> future;

    Ahead(boolean secondThread) {
        executor = secondThread ? Executors.newSingleThreadExecutor(Ahead::thread) : null;
    }

    private static Thread thread(Runnable runnable) {
        Thread thread = new Thread(runnable, "batch-preparation");
        thread.setDaemon(true);
        return thread;
    }

    /** Names the next thing to compute; in the second thread it starts at once. */
    void start(Supplier<T> next) {
        if (executor == null) {
            task = next;
        } else {
            future = executor.submit(next::get);
        }
    }

    /** What was started last; computed now or waited for. */
    T take() throws InterruptedException {
        if (future != null) {
            return await(future);
        }
        if (task != null) {
            return task.get();
        }
        throw new IllegalStateException("nothing was started");
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            // As if it had happened here, which it would have without the second thread.
            if (failed.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("preparing a batch failed", failed);
        }
    }

    @Override
    public void close() {
        if (executor == null) {
            return;
        }
        executor.shutdown();
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

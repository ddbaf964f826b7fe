// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Work that was handed to {@link Workers}.
 *
 * @param <T> the result
 */
public final class Task<T> {
    private final Future<T> future;

    Task(Future<T> future) {
        this.future = future;
    }

    /**
     * Waits for the result; an exception of the work is thrown here, as if the calling thread had done the work.
     *
     * @throws InterruptedException if the calling thread was interrupted, or the work was
     */
    public T get() throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof InterruptedException interrupted) {
                throw interrupted;
            } else if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            } else if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Waits until the work has ended, successfully or not, even if the calling thread is interrupted. */
    void await() {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                future.get();
                ended = true;
            } catch (ExecutionException failure) {
                ended = true;
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

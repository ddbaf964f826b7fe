// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.concurrent.Task;
import org.sllmr.data.concurrent.Workers;

/**
 * Computes the next value in a second thread ahead of its use, or, without one, on demand in the caller's thread.
 *
 * <p>Closing waits for the work under way; afterwards nothing uses the model any more.
 */
final class Prefetcher<T> implements AutoCloseable {
    private final @Nullable Workers second;
    private @Nullable Supplier<T> next;
    private @Nullable Task<T> underWay;

    Prefetcher(boolean secondThread) {
        second = secondThread ? new Workers(1, "batch-preparation") : null;
    }

    /** Sets the next work; a second thread starts it at once. */
    void start(Supplier<T> work) {
        if (second == null) {
            next = work;
        } else {
            underWay = second.start(work::get);
        }
    }

    /** The value of the work started last; computes it or waits for it. */
    T take() throws InterruptedException {
        if (underWay != null) {
            return underWay.get();
        }
        if (next != null) {
            return next.get();
        }
        throw new IllegalStateException("nothing was started");
    }

    @Override
    public void close() {
        if (second != null) {
            second.close();
        }
    }
}

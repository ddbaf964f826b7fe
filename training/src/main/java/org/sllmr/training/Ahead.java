// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.concurrent.Task;
import org.sllmr.data.concurrent.Workers;

/**
 * Computes one thing ahead in a second thread, or on demand in the caller's where that is not wanted.
 *
 * <p>Closing waits for what is under way: after it, nothing touches the model any more.
 */
final class Ahead<T> implements AutoCloseable {
    private final @Nullable Workers second;
    private @Nullable Supplier<T> next;
    private @Nullable Task<T> underWay;

    Ahead(boolean secondThread) {
        second = secondThread ? new Workers(1, "batch-preparation") : null;
    }

    /** Names the next thing to compute; in the second thread it starts at once. */
    void start(Supplier<T> work) {
        if (second == null) {
            next = work;
        } else {
            underWay = second.start(work::get);
        }
    }

    /** What was started last; computed now or waited for. */
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are still to be sent: requests that were not sent yet, in order, and retries when they are due.
 *
 * <p>Not thread-safe.
 */
final class TaskQueue {
    /** Number of waiting retries per thread, above which no new requests are started. */
    private static final int DELAYED_PER_THREAD = 4;

    private final int total;
    private final BitSet passedOver;
    private final int maxDelayed;
    private final PriorityQueue<Task> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingInt(Task::index));
    private int fresh;

    /**
     * A queue of all requests except some.
     *
     * @param total number of requests
     * @param passedOver requests that need not be sent, or not before they are added; must not be changed
     * @param threads number of threads that take from it
     */
    TaskQueue(int total, BitSet passedOver, int threads) {
        this.total = total;
        this.passedOver = passedOver;
        this.maxDelayed = DELAYED_PER_THREAD * threads;
    }

    /** Takes the next due task; null if there is none. */
    @Nullable
    Task next(long now) {
        Task waiting = delayed.peek();
        if (waiting != null && waiting.due() <= now) {
            return delayed.remove();
        }
        if (delayed.size() < maxDelayed) {
            fresh = passedOver.nextClearBit(fresh);
            if (fresh < total) {
                return new Task(fresh++, 0, 0, now);
            }
        }
        return null;
    }

    /** Whether nothing waits; only meaningful after {@link #next} returned null. */
    boolean nothingDelayed() {
        return delayed.isEmpty();
    }

    /** When the first waiting task is due. */
    long due() {
        return delayed.element().due();
    }

    /** Adds a task for when it is due. */
    void add(Task task) {
        delayed.add(task);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be sent: requests that were not sent yet, in their order, and those that are to be sent again, when they
 * are due.
 *
 * <p>Not safe for many threads.
 */
final class TaskQueue {
    /** How many tasks may wait for their next attempt for each thread before new ones have to wait too. */
    private static final int DELAYED_A_THREAD = 4;

    private final int total;
    private final BitSet answeredBefore;
    private final int mostDelayed;
    private final PriorityQueue<Task> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingInt(Task::index));
    private int fresh;

    /**
     * A queue of all requests but those that are answered.
     *
     * @param total number of requests
     * @param answeredBefore those that need not be sent; not changed any more
     * @param threads how many take from it
     */
    TaskQueue(int total, BitSet answeredBefore, int threads) {
        this.total = total;
        this.answeredBefore = answeredBefore;
        this.mostDelayed = DELAYED_A_THREAD * threads;
    }

    /** Takes the next task that is due; null if none is. */
    @Nullable
    Task next(long now) {
        Task waiting = delayed.peek();
        if (waiting != null && waiting.due() <= now) {
            return delayed.remove();
        }
        if (delayed.size() < mostDelayed) {
            fresh = answeredBefore.nextClearBit(fresh);
            if (fresh < total) {
                return new Task(fresh++, 0, 0, now);
            }
        }
        return null;
    }

    /** Whether nothing waits; only meaningful when {@link #next} gave nothing. */
    boolean nothingDelayed() {
        return delayed.isEmpty();
    }

    /** When the first task that waits is due. */
    long due() {
        return delayed.element().due();
    }

    /** Keeps a task until it is due. */
    void again(Task task) {
        delayed.add(task);
    }
}

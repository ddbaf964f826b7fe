// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Until when work is wanted.
 *
 * <p>Long work asks between its pieces, and so ends soon after its time is over, in all threads that do it. Nothing is
 * interrupted in the middle.
 */
public final class Deadline {
    /** Work is wanted however long it takes. */
    public static final Deadline NONE = new Deadline(() -> false);

    private final BooleanSupplier over;

    private Deadline(BooleanSupplier over) {
        this.over = over;
    }

    /** Ends so much time from now. */
    public static Deadline in(Duration time) {
        long start = System.nanoTime();
        long nanos = time.toNanos();
        return new Deadline(() -> System.nanoTime() - start > nanos);
    }

    /** Ends when something is true; it is asked from several threads. */
    public static Deadline when(BooleanSupplier over) {
        return new Deadline(over);
    }

    /**
     * Goes on if there is time left.
     *
     * @throws TooLateException if there is none
     */
    public void check() {
        if (over.getAsBoolean()) {
            throw new TooLateException();
        }
    }
}

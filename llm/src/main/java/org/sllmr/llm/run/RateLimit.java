// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * Spreads amounts evenly over time, so that any minute holds at most so much of them.
 *
 * <p>Even spacing, and not a minute's worth at once, because providers divide their limits into shorter spans. A sender that
 * wakes late may catch up on a short delay only; the spacing is a little wider so that the minute holds all the same.
 * Times are nanoseconds of one clock. Not safe for many threads.
 */
final class RateLimit {
    private static final long MINUTE = 60_000_000_000L;
    private static final long CATCH_UP = 50_000_000L;

    private final double interval;
    private double next;

    /**
     * A limit.
     *
     * @param perMinute most within any minute, passed by less than one amount
     * @param now when it begins to hold
     */
    RateLimit(int perMinute, long now) {
        this.interval = (MINUTE + CATCH_UP) / (double) perMinute;
        this.next = (double) now;
    }

    /** When something may be sent. */
    long earliest() {
        return (long) Math.ceil(next);
    }

    /** Counts an amount that is sent now. */
    void take(long now, double amount) {
        next = Math.max(next, (double) (now - CATCH_UP)) + amount * interval;
    }

    /** Gives back what was counted too much, or counts what was forgotten if negative. */
    void giveBack(double amount) {
        next -= amount * interval;
    }
}

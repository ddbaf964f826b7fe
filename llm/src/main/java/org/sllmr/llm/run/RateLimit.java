// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * Spreads amounts evenly over time, so that no minute exceeds a limit.
 *
 * <p>Amounts are spaced evenly, because providers apply their limits to shorter intervals than a minute. A sender that
 * wakes late may only catch up on a short delay; the spacing is slightly wider, so that the limit still holds. Times
 * are nanoseconds of one clock. Not thread-safe.
 */
final class RateLimit {
    private static final long MINUTE = 60_000_000_000L;
    private static final long CATCH_UP = 50_000_000L;

    private final double interval;
    private double next;

    /**
     * A limit.
     *
     * @param perMinute maximum in any minute, which may be exceeded by less than one amount
     * @param now start time
     */
    RateLimit(int perMinute, long now) {
        this.interval = (MINUTE + CATCH_UP) / (double) perMinute;
        this.next = (double) now;
    }

    /** The earliest time at which something may be sent. */
    long earliest() {
        return (long) Math.ceil(next);
    }

    /** Counts an amount that is sent now. */
    void take(long now, double amount) {
        next = Math.max(next, (double) (now - CATCH_UP)) + amount * interval;
    }

    /** Corrects an amount that was counted too high, or too low if negative. */
    void giveBack(double amount) {
        next -= amount * interval;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.run;

/**
 * Money: what is spent, and what requests under way can cost at most.
 *
 * <p>Not safe for many threads.
 */
final class Budget {
    private final double limit;
    private double spent;
    private double reserved;
    private int reservations;

    /**
     * A budget.
     *
     * @param limit most that may be spent, infinite if there is no limit
     * @param spent what is spent already
     */
    Budget(double limit, double spent) {
        this.limit = limit;
        this.spent = spent;
    }

    /** Whether a request that costs at most so much may be sent now. */
    boolean allows(double most) {
        return spent + reserved + most <= limit;
    }

    /** Whether such a request can never be sent, whatever those under way turn out to cost. */
    boolean neverAllows(double most) {
        return spent + most > limit;
    }

    void reserve(double most) {
        reserved += most;
        reservations++;
    }

    void settle(double most, double cost) {
        // Rounding must not leave a rest when nothing is under way.
        reserved = --reservations == 0 ? 0 : reserved - most;
        spent += cost;
    }

    double spent() {
        return spent;
    }
}

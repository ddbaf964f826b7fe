// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * Money: what is spent, and what requests under way can cost at most.
 *
 * <p>Not safe for many threads.
 */
final class Budget {
    /** Why a run ends that has money left and not enough. */
    static final String TOO_LITTLE = "the next request could cost more than what is left of the budget";

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

    /** What is neither spent nor reserved. */
    double left() {
        return limit - spent - reserved;
    }

    double spent() {
        return spent;
    }
}

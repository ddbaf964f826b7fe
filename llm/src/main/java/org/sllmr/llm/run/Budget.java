// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

/**
 * The budget: what is spent, and the maximum cost of requests under way.
 *
 * <p>Not thread-safe.
 */
final class Budget {
    /** The message when the rest of the budget is not enough. */
    static final String TOO_LITTLE = "the next request could cost more than what is left of the budget";

    private final double limit;
    private double spent;
    private double reserved;
    private int reservations;

    /**
     * A budget.
     *
     * @param limit maximum that may be spent, infinite without a limit
     * @param spent what has been spent already
     */
    Budget(double limit, double spent) {
        this.limit = limit;
        this.spent = spent;
    }

    /** Whether a request with a maximum cost may be sent now. */
    boolean allows(double most) {
        return spent + reserved + most <= limit;
    }

    /** Whether such a request can never be sent, even if those under way cost nothing. */
    boolean neverAllows(double most) {
        return spent + most > limit;
    }

    void reserve(double most) {
        reserved += most;
        reservations++;
    }

    void settle(double most, double cost) {
        // Rounding must not leave a remainder when nothing is under way.
        reserved = --reservations == 0 ? 0 : reserved - most;
        spent += cost;
    }

    /** The amount that is neither spent nor reserved. */
    double left() {
        return limit - spent - reserved;
    }

    double spent() {
        return spent;
    }
}

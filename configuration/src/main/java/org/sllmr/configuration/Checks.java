// SPDX-License-Identifier: Apache-2.0
package org.sllmr.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * Range checks of one settings record, collected so that all of its problems are reported at once.
 *
 * <p>Used in the compact constructor of a settings record; {@link #done()} throws what was found. A {@link Problem}'s
 * place is the component's name; the binding of a file puts the path in front of it.
 *
 * <pre>{@code
 * public record MarginSettings(double margin, int maxPairs) {
 *     public MarginSettings {
 *         new Checks().atLeast("margin", margin, 0).between("maxPairs", maxPairs, 1, 1_000_000).done();
 *     }
 * }
 * }</pre>
 */
public final class Checks {
    private final List<Problem> problems = new ArrayList<>();

    /** Requires {@code minimum <= value <= maximum}; NaN is outside every range. */
    public Checks between(String name, double value, double minimum, double maximum) {
        return require(
                value >= minimum && value <= maximum,
                name,
                "is " + number(value) + ", allowed is " + number(minimum) + " to " + number(maximum));
    }

    /** Requires {@code minimum < value <= maximum}. */
    public Checks aboveUpTo(String name, double value, double minimum, double maximum) {
        return require(
                value > minimum && value <= maximum,
                name,
                "is " + number(value) + ", allowed is above " + number(minimum) + " up to " + number(maximum));
    }

    /** Requires {@code minimum <= value < maximum}. */
    public Checks fromBelow(String name, double value, double minimum, double maximum) {
        return require(
                value >= minimum && value < maximum,
                name,
                "is " + number(value) + ", allowed is " + number(minimum) + " to below " + number(maximum));
    }

    /** Requires a finite value of at least {@code minimum}. */
    public Checks atLeast(String name, double value, double minimum) {
        return require(
                value >= minimum && value < Double.POSITIVE_INFINITY,
                name,
                "is " + number(value) + ", allowed is " + number(minimum) + " or more");
    }

    /** Requires any condition; {@code what} says what was found and what is allowed. */
    public Checks require(boolean condition, String name, String what) {
        if (!condition) {
            problems.add(new Problem(name, what));
        }
        return this;
    }

    /**
     * Ends the checks.
     *
     * @throws InvalidInputException with every problem, if there was one
     */
    public void done() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}

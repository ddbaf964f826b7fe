// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

/**
 * The ordered pairs P of a step: (u, i, j) with sLLM(u, i) > sLLM(u, j), as row numbers of their {@link Supervision}.
 *
 * <p>The arrays have equal lengths; they are shared, not copied.
 *
 * @param preferred row of (u, i) of each pair
 * @param other row of (u, j) of each pair, of the same user
 * @param differences sLLM(u, i) - sLLM(u, j) of each pair, above 0; descending if the largest are chosen
 */
public record Pairs(int[] preferred, int[] other, float[] differences) {
    static final Pairs NONE = new Pairs(new int[0], new int[0], new float[0]);

    /** Checks that the columns agree in length. */
    public Pairs {
        if (preferred.length != other.length || preferred.length != differences.length) {
            throw new IllegalArgumentException(
                    "columns differ in length: " + preferred.length + ", " + other.length + ", " + differences.length);
        }
    }

    /** Number of pairs: K~. */
    public int size() {
        return preferred.length;
    }
}

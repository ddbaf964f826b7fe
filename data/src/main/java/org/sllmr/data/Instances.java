// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * What a model is asked to score: rows of (user, item, position).
 *
 * <p>The history of a row is the user's interactions before {@code position}; it is looked up in the log, never copied.
 * The three arrays have the same length; they are not copied and must not be written to afterwards.
 *
 * @param users user index of each row
 * @param items item index of each row
 * @param positions how many of the user's interactions form the history: 0 for none
 */
public record Instances(int[] users, int[] items, int[] positions) {
    /** Checks that the columns agree in length. */
    public Instances {
        if (users.length != items.length || users.length != positions.length) {
            throw new IllegalArgumentException(
                    "columns differ in length: " + users.length + ", " + items.length + ", " + positions.length);
        }
    }

    /** Number of rows. */
    public int size() {
        return users.length;
    }

    /** Copies rows {@code [from, to)}. */
    public Instances slice(int from, int to) {
        return new Instances(
                Arrays.copyOfRange(users, from, to),
                Arrays.copyOfRange(items, from, to),
                Arrays.copyOfRange(positions, from, to));
    }
}

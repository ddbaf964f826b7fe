// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * A number for some pairs of user and item, such as a teacher's scores.
 *
 * @param name field name
 * @param origin what made the numbers, such as the hash of their file
 * @param offsets first index into {@code items} of each user and, at the end, their number: {@code [users + 1]}, rising
 * @param items items of each user, rising
 * @param values a finite number for each of them
 */
public record PairColumn(String name, String origin, int[] offsets, int[] items, float[] values) {
    /** Checks that the columns fit together. */
    public PairColumn {
        if (offsets.length == 0
                || offsets[0] != 0
                || offsets[offsets.length - 1] != items.length
                || values.length != items.length) {
            throw new IllegalArgumentException("'" + name + "': the columns do not fit together");
        }
        for (int user = 0; user + 1 < offsets.length; user++) {
            for (int at = offsets[user] + 1; at < offsets[user + 1]; at++) {
                if (items[at] <= items[at - 1]) {
                    throw new IllegalArgumentException("'" + name + "': the items of user " + user + " do not rise");
                }
            }
        }
    }

    /** The number of a pair, or NaN if it has none. */
    public float value(int user, int item) {
        if (user < 0 || user + 1 >= offsets.length) {
            return Float.NaN;
        }
        int at = Arrays.binarySearch(items, offsets[user], offsets[user + 1], item);
        return at < 0 ? Float.NaN : values[at];
    }
}

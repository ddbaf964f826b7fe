// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * For each item some other ones, its neighbours, each with a weight.
 *
 * @param name field name
 * @param offsets first neighbour of each item and, at the end, their number: {@code [items + 1]}, rising
 * @param items the neighbours of each item, rising
 * @param weights their weights, finite and above 0
 */
public record NeighbourColumn(String name, int[] offsets, int[] items, float[] weights) {
    /** Checks that the columns fit together. */
    public NeighbourColumn {
        if (offsets.length == 0
                || offsets[0] != 0
                || offsets[offsets.length - 1] != items.length
                || weights.length != items.length) {
            throw new IllegalArgumentException("'" + name + "': the columns do not fit together");
        }
        for (int item = 0; item + 1 < offsets.length; item++) {
            for (int at = offsets[item] + 1; at < offsets[item + 1]; at++) {
                if (items[at] <= items[at - 1]) {
                    throw new IllegalArgumentException(
                            "'" + name + "': the neighbours of item " + item + " do not rise");
                }
            }
        }
    }

    /** Number of items. */
    public int rows() {
        return offsets.length - 1;
    }

    /** The weight of an item among another one's neighbours; 0 if it is none. */
    public float weight(int item, int neighbour) {
        if (item < 0 || item >= rows()) {
            return 0;
        }
        int at = Arrays.binarySearch(items, offsets[item], offsets[item + 1], neighbour);
        return at < 0 ? 0 : weights[at];
    }
}

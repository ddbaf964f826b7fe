// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import java.util.Arrays;

/**
 * Bags of weighted embedding rows, one after the other, in arrays that are used again for the next batch.
 *
 * <p>A bag is what one field of one row pools; an empty bag pools to zeros.
 */
final class Bags {
    private int[] starts = new int[64];
    private int[] rows = new int[256];
    private int[] slots = new int[256];
    private float[] scales = new float[256];
    private int bags;
    private int entries;

    void clear() {
        bags = 0;
        entries = 0;
    }

    void add(int row, float scale) {
        if (entries == rows.length) {
            rows = Arrays.copyOf(rows, 2 * entries);
            slots = Arrays.copyOf(slots, 2 * entries);
            scales = Arrays.copyOf(scales, 2 * entries);
        }
        rows[entries] = row;
        scales[entries++] = scale;
    }

    /** As {@link #add}, but a row that the bag under way has already gets the sum of both weights. */
    void addTogether(int row, float scale) {
        for (int e = starts[bags]; e < entries; e++) {
            if (rows[e] == row) {
                scales[e] += scale;
                return;
            }
        }
        add(row, scale);
    }

    void end() {
        if (bags + 1 == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[++bags] = entries;
    }

    /** First entry of a bag. */
    public int from(int bag) {
        return starts[bag];
    }

    /** One past the last entry of a bag. */
    public int to(int bag) {
        return starts[bag + 1];
    }

    /** Number of entries of all bags. */
    public int entries() {
        return entries;
    }

    /** Table row of each entry. */
    public int[] rows() {
        return rows;
    }

    /** Place of each entry's row among the unique rows of the batch, once {@link UniqueRows} has numbered them. */
    public int[] slots() {
        return slots;
    }

    /** Weight of each entry. */
    public float[] scales() {
        return scales;
    }
}

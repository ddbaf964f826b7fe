// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;

/**
 * The similarity of items to a history: the mean of an item's {@code nearest} largest cosines with the history's items.
 *
 * <p>With 1 it is the largest cosine, so one matching interest is enough. If the history has fewer items, the mean is
 * over all of them.
 */
final class Affinity {
    private final int nearest;
    private final float[][] largest;

    /** A working object for one thread. */
    Affinity(int nearest) {
        this.nearest = nearest;
        this.largest = new float[nearest][DotTile.WIDTH];
    }

    /** Starts a new history. */
    void clear(int columns) {
        for (float[] row : largest) {
            Arrays.fill(row, 0, columns, Float.NEGATIVE_INFINITY);
        }
    }

    /** Adds one history item's cosines with the candidates: {@code cosines[0 .. columns)} of {@code [WIDTH]}. */
    void add(float[] cosines, int columns) {
        if (nearest == 1) {
            max(largest[0], cosines);
        } else {
            insert(cosines, columns);
        }
    }

    /** Over the whole width: with a constant length, the compiler always uses vector instructions. */
    private static void max(float[] best, float[] cosines) {
        for (int i = 0; i < DotTile.WIDTH; i++) {
            best[i] = Math.max(best[i], cosines[i]);
        }
    }

    private void insert(float[] cosines, int columns) {
        for (int i = 0; i < columns; i++) {
            float value = cosines[i];
            for (int rank = 0; rank < nearest && value > Float.NEGATIVE_INFINITY; rank++) {
                if (value > largest[rank][i]) {
                    float pushed = largest[rank][i];
                    largest[rank][i] = value;
                    value = pushed;
                }
            }
        }
    }

    /** Writes the means to {@code target[0 .. columns)}; -infinity if no history item was added. */
    void means(int columns, float[] target) {
        if (nearest == 1) {
            System.arraycopy(largest[0], 0, target, 0, columns);
            return;
        }
        for (int i = 0; i < columns; i++) {
            float sum = largest[0][i];
            int count = 1;
            while (count < nearest && largest[count][i] > Float.NEGATIVE_INFINITY) {
                sum += largest[count++][i];
            }
            target[i] = sum / count;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;

/**
 * How well items fit a history: the mean of their {@code nearest} largest cosines with the history's items.
 *
 * <p>With 1 it is the largest cosine, so that one matching interest is enough. With fewer history items than asked
 * for, the mean is over those there are.
 */
final class Affinity {
    private final int nearest;
    private final float[][] largest;

    /** A working object for one thread. */
    Affinity(int nearest) {
        this.nearest = nearest;
        this.largest = new float[nearest][DotTile.WIDTH];
    }

    /** Forgets the history items seen so far. */
    void clear(int columns) {
        for (float[] row : largest) {
            Arrays.fill(row, 0, columns, Float.NEGATIVE_INFINITY);
        }
    }

    /** Takes in one history item's cosines with the candidates: {@code cosines[0 .. columns)} of {@code [WIDTH]}. */
    void add(float[] cosines, int columns) {
        if (nearest == 1) {
            max(largest[0], cosines);
        } else {
            insert(cosines, columns);
        }
    }

    /** Over the whole width: with a constant length the compiler uses vector instructions whatever it saw before. */
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

    /** Writes the means to {@code target[0 .. columns)}; -infinity where no history item was taken in. */
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

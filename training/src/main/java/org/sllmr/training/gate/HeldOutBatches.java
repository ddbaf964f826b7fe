// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.training.calibration.Comparisons;

/** Batches of held-out users' comparisons, with the derivative of their loss. */
final class HeldOutBatches {
    private final Comparisons comparisons;
    /** First row of each user, and last the number of rows. */
    private final int[] starts;

    HeldOutBatches(Comparisons comparisons) {
        this.comparisons = comparisons;
        int[] found = new int[comparisons.taken().length + 1];
        int users = 0;
        for (int row = 0; row < comparisons.taken().length; row++) {
            if (comparisons.taken()[row] == row) {
                found[users++] = row;
            }
        }
        found[users] = comparisons.taken().length;
        this.starts = Arrays.copyOf(found, users + 1);
    }

    /** Draws users without replacement until they have that many rows or all are drawn. */
    Batch draw(int rows, Seed seed) {
        RandomGenerator random = seed.generator();
        int users = starts.length - 1;
        int[] order = new int[users];
        Arrays.setAll(order, index -> index);
        int size = 0;
        int chosen = 0;
        while (chosen < users && size < rows) {
            int other = chosen + random.nextInt(users - chosen);
            int user = order[other];
            order[other] = order[chosen];
            order[chosen++] = user;
            size += starts[user + 1] - starts[user];
        }
        int[] source = new int[size];
        int[] taken = new int[size];
        int next = 0;
        for (int index = 0; index < chosen; index++) {
            int first = next;
            for (int row = starts[order[index]]; row < starts[order[index] + 1]; row++) {
                taken[next] = first;
                source[next++] = row;
            }
        }
        Instances all = comparisons.rows();
        return new Batch(
                new Instances(pick(all.users(), source), pick(all.items(), source), pick(all.positions(), source)),
                taken);
    }

    private static int[] pick(int[] values, int[] source) {
        int[] picked = new int[source.length];
        Arrays.setAll(picked, index -> values[source[index]]);
        return picked;
    }

    /**
     * Some users' comparisons.
     *
     * @param taken for each row, the row of the item taken that it is compared with; its own row for an item taken
     */
    record Batch(Instances rows, int[] taken) {
        /** Derivative by each logit of the mean of -log sigmoid(s(taken) - s(other)). */
        float[] gradient(float[] logits) {
            int compared = 0;
            for (int row = 0; row < taken.length; row++) {
                compared += taken[row] == row ? 0 : 1;
            }
            float[] gradient = new float[logits.length];
            for (int row = 0; row < taken.length; row++) {
                if (taken[row] != row) {
                    float slope = (float) (Logistic.sigmoid((double) logits[row] - logits[taken[row]]) / compared);
                    gradient[row] += slope;
                    gradient[taken[row]] -= slope;
                }
            }
            return gradient;
        }
    }
}

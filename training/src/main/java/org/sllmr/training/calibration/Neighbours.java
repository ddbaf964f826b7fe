// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;

/**
 * How often an item was taken by those who took the items of a user's history: a stand-in for a trained backbone that
 * costs no training.
 *
 * <p>The score is log(1 + sum over the history's items h of cos(i, h)), with cos(i, h) the cosine of the two items'
 * columns in the matrix of users and items (item-based collaborative filtering: Sarwar et al., WWW 2001). Held-out
 * interactions do not count.
 */
final class Neighbours {
    /** Of an item that more users took, as many are looked at, evenly spaced. */
    private static final int MOST_TAKERS = 1_000;

    private final InteractionLog log;
    private final boolean[] heldOut;
    /** Users who took an item, from {@code offsets[item]} on. */
    private final int[] takers;

    private final int[] offsets;

    Neighbours(TrainingData data, boolean[] heldOut) {
        this.log = data.log();
        this.heldOut = heldOut;
        int items = data.catalogue().size();
        this.offsets = new int[items + 1];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < known(user); position++) {
                offsets[log.item(user, position) + 1]++;
            }
        }
        for (int item = 0; item < items; item++) {
            offsets[item + 1] += offsets[item];
        }
        int[] next = offsets.clone();
        this.takers = new int[offsets[items]];
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < known(user); position++) {
                takers[next[log.item(user, position)]++] = user;
            }
        }
    }

    private int known(int user) {
        return log.length(user) - (heldOut[user] ? 1 : 0);
    }

    private int taken(int item) {
        return offsets[item + 1] - offsets[item];
    }

    /** The score of each row: {@code [rows]}. */
    float[] score(Instances rows) {
        float[] scores = new float[rows.size()];
        double[] weights = new double[offsets.length - 1];
        int user = -1;
        for (int row = 0; row < scores.length; row++) {
            if (rows.users()[row] != user) {
                mark(weights, user, false);
                user = rows.users()[row];
                mark(weights, user, true);
            }
            scores[row] = (float) StrictMath.log1p(sum(weights, user, rows.items()[row]));
        }
        return scores;
    }

    /** Gives the items of a user's history the weight that their cosines have in common, or none again. */
    private void mark(double[] weights, int user, boolean on) {
        for (int position = 0; user >= 0 && position < known(user); position++) {
            int item = log.item(user, position);
            weights[item] = on ? 1 / Math.sqrt(taken(item)) : 0;
        }
    }

    private double sum(double[] weights, int user, int item) {
        int count = taken(item);
        if (count == 0) {
            return 0;
        }
        int looked = Math.min(count, MOST_TAKERS);
        double sum = 0;
        for (int index = 0; index < looked; index++) {
            int taker = takers[offsets[item] + (int) ((long) index * count / looked)];
            for (int position = 0; taker != user && position < known(taker); position++) {
                sum += weights[log.item(taker, position)];
            }
        }
        return sum * count / looked / Math.sqrt(count);
    }
}

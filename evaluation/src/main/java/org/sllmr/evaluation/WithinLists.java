// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;

/**
 * Metrics of each impression by itself: how well its positives rank among its rows.
 *
 * <p>An impression without a positive or without a negative has none. Rows with equal scores are in random order, and
 * every number is its expected value over all these orders.
 */
final class WithinLists {
    /** Places of negatives and positives of one impression, best score first. */
    private final float[] scores;

    private final boolean[] positive;
    private final int positives;

    private WithinLists(float[] logits, Samples samples, int from, int to) {
        int size = to - from;
        long[] keys = new long[size];
        for (int at = 0; at < size; at++) {
            if (Float.isNaN(logits[from + at])) {
                throw new IllegalArgumentException(
                        "the logit of row " + (from + at) + " is NaN; the model has diverged");
            }
            int bits = Float.floatToIntBits(-logits[from + at] + 0f);
            keys[at] = ((long) (bits ^ ((bits >> 31) & 0x7fffffff)) << 32) | at;
        }
        Arrays.sort(keys);
        this.scores = new float[size];
        this.positive = new boolean[size];
        int count = 0;
        for (int place = 0; place < size; place++) {
            int row = from + (int) keys[place];
            scores[place] = logits[row];
            positive[place] = samples.label(row) == 1;
            count += positive[place] ? 1 : 0;
        }
        this.positives = count;
    }

    /** AUC of each impression, NaN where it is not defined: {@code [lists]}; empty where no impressions are known. */
    public static double[] auc(float[] logits, Samples samples) {
        return each(logits, samples, WithinLists::auc);
    }

    /** Normalized discounted cumulative gain over all places of each impression (Jarvelin and Kekalainen 2002). */
    public static double[] ndcg(float[] logits, Samples samples) {
        return each(logits, samples, WithinLists::ndcg);
    }

    /** Reciprocal rank of the first positive of each impression. */
    public static double[] reciprocalRank(float[] logits, Samples samples) {
        return each(logits, samples, WithinLists::reciprocalRank);
    }

    private static double[] each(float[] logits, Samples samples, ToDoubleFunction<WithinLists> metric) {
        Auc.checkAligned(logits, samples);
        SampleLists lists = samples.lists();
        if (!samples.labelled() || !lists.known()) {
            return new double[0];
        }
        double[] values = new double[lists.count()];
        for (int list = 0; list < values.length; list++) {
            WithinLists own = new WithinLists(logits, samples, lists.from(list), lists.to(list));
            boolean both = own.positives > 0 && own.positives < own.scores.length;
            values[list] = both ? metric.applyAsDouble(own) : Double.NaN;
        }
        return values;
    }

    private double auc() {
        long twiceWins = 0;
        int negativesBelow = scores.length - positives;
        for (int from = 0, to; from < scores.length; from = to) {
            to = end(from);
            int tiedPositives = positives(from, to);
            int tiedNegatives = to - from - tiedPositives;
            negativesBelow -= tiedNegatives;
            twiceWins += (long) tiedPositives * (2L * negativesBelow + tiedNegatives);
        }
        return twiceWins / (2.0 * positives * (scores.length - positives));
    }

    private double ndcg() {
        double gain = 0;
        for (int from = 0, to; from < scores.length; from = to) {
            to = end(from);
            double share = positives(from, to) / (double) (to - from);
            if (share > 0) {
                gain += share * discounts(from, to);
            }
        }
        return gain / discounts(0, positives);
    }

    private double reciprocalRank() {
        for (int from = 0, to; from < scores.length; from = to) {
            to = end(from);
            int tiedPositives = positives(from, to);
            if (tiedPositives == 0) {
                continue;
            }
            double sum = 0;
            double noneBefore = 1;
            for (int place = from; place < to && noneBefore > 0; place++) {
                double here = Math.min(1, tiedPositives / (double) (to - place));
                sum += noneBefore * here / (place + 1);
                noneBefore *= 1 - here;
            }
            return sum;
        }
        throw new IllegalStateException("an impression without positives");
    }

    /** The end of the places with the score of a place. */
    private int end(int from) {
        int to = from + 1;
        while (to < scores.length && scores[to] == scores[from]) {
            to++;
        }
        return to;
    }

    private int positives(int from, int to) {
        int count = 0;
        for (int place = from; place < to; place++) {
            count += positive[place] ? 1 : 0;
        }
        return count;
    }

    /** The sum of 1 / log2(place + 1), with places counted from 1. */
    private static double discounts(int from, int to) {
        double sum = 0;
        for (int place = from; place < to; place++) {
            sum += StrictMath.log(2) / StrictMath.log(place + 2);
        }
        return sum;
    }
}

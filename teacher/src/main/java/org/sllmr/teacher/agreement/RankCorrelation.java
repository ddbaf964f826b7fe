// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.agreement;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rank correlations of two short lists; NaN if one of them is constant. */
final class RankCorrelation {
    private RankCorrelation() {}

    /** Kendall's tau-b (Kendall 1945): (concordant - discordant) / sqrt(pairs untied in one * pairs untied in the other). */
    static double kendall(float[] first, float[] second) {
        long difference = 0;
        long untiedFirst = 0;
        long untiedSecond = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < i; j++) {
                float one = Math.signum(first[i] - first[j]);
                float other = Math.signum(second[i] - second[j]);
                difference += (long) (one * other);
                untiedFirst += one == 0 ? 0 : 1;
                untiedSecond += other == 0 ? 0 : 1;
            }
        }
        return untiedFirst == 0 || untiedSecond == 0
                ? Double.NaN
                : difference / Math.sqrt((double) untiedFirst * untiedSecond);
    }

    /** Spearman's rho: the correlation of the ranks; tied values have their mean rank. */
    static double spearman(float[] first, float[] second) {
        double[] one = ranks(first);
        double[] other = ranks(second);
        double mean = (first.length - 1) / 2.0;
        double product = 0;
        double squaresOne = 0;
        double squaresOther = 0;
        for (int index = 0; index < one.length; index++) {
            product += (one[index] - mean) * (other[index] - mean);
            squaresOne += (one[index] - mean) * (one[index] - mean);
            squaresOther += (other[index] - mean) * (other[index] - mean);
        }
        return squaresOne == 0 || squaresOther == 0 ? Double.NaN : product / Math.sqrt(squaresOne * squaresOther);
    }

    private static double[] ranks(float[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> values[index]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double shared = (from + to - 1) / 2.0;
            for (int rank : Arrays.copyOfRange(order, from, to)) {
                ranks[rank] = shared;
            }
            from = to;
        }
        return ranks;
    }
}

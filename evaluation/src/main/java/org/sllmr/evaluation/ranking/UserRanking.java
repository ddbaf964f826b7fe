// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The ranks of one user's positives among all candidates, and the metrics of them.
 *
 * <p><b>Ties.</b> A metric is its expected value, in closed form, over all orders of tied candidates, each equally
 * likely. A group of t tied candidates behind g better ones takes the places g+1 to g+t, and each of its candidates is
 * at each of these places with probability 1/t. So results do not depend on the order in which items are stored, and a
 * constant model gets the result of a random list.
 *
 * <p>Recall, DCG, AUC and mean rank are sums over positives; the expected value of a sum is the sum of expected values
 * even if the places of tied positives are dependent, so 1/t is enough. Hit rate and reciprocal rank depend on the
 * first positive; their formulas are derived at their methods.
 *
 * @param candidates number of candidates, the positives included
 * @param groups the groups that contain positives, best first
 */
public record UserRanking(int candidates, List<TieGroup> groups) {
    private static final double LN_2 = StrictMath.log(2);

    /** Copies the list and checks that groups follow each other within the candidates. */
    public UserRanking {
        groups = List.copyOf(groups);
        int end = 0;
        for (TieGroup group : groups) {
            if (group.better() < end || group.end() > candidates) {
                throw new IllegalArgumentException(groups + " of " + candidates + " candidates");
            }
            end = group.end();
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a ranking needs at least one positive");
        }
    }

    /** Number of positives. */
    public int positives() {
        return groups.stream().mapToInt(TieGroup::positives).sum();
    }

    /**
     * Share of (positive, negative) pairs in which the positive is ranked first; a tied pair counts one half.
     *
     * @return a value in [0, 1]; empty if all candidates are positives
     */
    public OptionalDouble auc() {
        long positives = positives();
        long negatives = candidates - positives;
        long positivesBefore = 0;
        long twiceWins = 0;
        for (TieGroup group : groups) {
            long better = group.better() - positivesBefore;
            long tied = (long) group.tied() - group.positives();
            twiceWins += group.positives() * (2 * (negatives - better) - tied);
            positivesBefore += group.positives();
        }
        return negatives == 0 ? OptionalDouble.empty() : OptionalDouble.of(twiceWins / (2.0 * positives * negatives));
    }

    /** Expected rank of a positive, from 1: the mean over positives of (g+1 + g+t) / 2. */
    public double meanRank() {
        double sum = 0;
        for (TieGroup group : groups) {
            sum += group.positives() * (group.better() + (group.tied() + 1) / 2.0);
        }
        return sum / positives();
    }

    /**
     * Expected share of the positives among the first k: each is there with probability min(max(k - g, 0), t) / t.
     *
     * @param k at least 1
     */
    public double recall(int k) {
        double sum = 0;
        for (TieGroup group : groups) {
            int places = Math.min(Math.max(k - group.better(), 0), group.tied());
            sum += (double) group.positives() * places / group.tied();
        }
        return sum / positives();
    }

    /**
     * Expected share of lists with a positive among the first k: HR@k.
     *
     * <p>A group that ends at or before place k is a certain hit. Of a group that extends beyond k, s = k - g places
     * count; all p positives among t are behind them with probability C(t-s, p) / C(t, p) = product over i &lt; p of
     * (t-s-i) / (t-i).
     *
     * @param k at least 1
     */
    public double hitRate(int k) {
        TieGroup group = groups.get(0);
        double places = k - group.better();
        if (places <= 0) {
            return 0;
        }
        double miss = 1;
        for (int i = 0; i < group.positives() && miss > 0; i++) {
            miss *= Math.max(0, group.tied() - places - i) / (group.tied() - i);
        }
        return 1 - miss;
    }

    /**
     * Expected reciprocal of the first positive's rank, or 0 if that is greater than k.
     *
     * <p>The first positive is in the first group. If p of its t candidates are positives, the first positive is
     * candidate j with probability C(t-j, p-1) / C(t, p): p/t for j = 1, and (t-j-p+1) / (t-j) times the previous one
     * for the next j.
     *
     * @param k at least 1
     */
    public double reciprocalRank(int k) {
        TieGroup group = groups.get(0);
        int others = group.tied() - group.positives();
        double probability = (double) group.positives() / group.tied();
        double sum = 0;
        for (int j = 1; j <= others + 1 && group.better() + j <= k; j++) {
            sum += probability / (group.better() + j);
            probability *= (double) (others - j + 1) / (group.tied() - j);
        }
        return sum;
    }

    /** Expected reciprocal of the first positive's rank. */
    public double reciprocalRank() {
        return reciprocalRank(candidates);
    }

    /**
     * Expected NDCG@k with gain 1 for a positive (Järvelin and Kekäläinen 2002): a positive's expected gain is the mean of
     * 1 / log2(place + 1) over the places of its group up to k; the ideal list has all positives first.
     *
     * @param k at least 1
     */
    public double ndcg(int k) {
        double gain = 0;
        for (TieGroup group : groups) {
            gain += group.positives() * discounts(group.better(), Math.min(k, group.end())) / group.tied();
        }
        return gain / discounts(0, Math.min(k, positives()));
    }

    /** Sum of 1 / log2(place + 1) over the places after {@code from} up to {@code to}. */
    private static double discounts(int from, int to) {
        double sum = 0;
        for (int place = from + 1; place <= to; place++) {
            sum += LN_2 / StrictMath.log1p(place);
        }
        return sum;
    }
}

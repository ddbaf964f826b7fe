// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.UserBootstrap;

/** Pairs of some rows, counted by who is right and by user, with how many of them the guided run orders rightly. */
final class PairCounts {
    /** Below so many in one of the four counts of an odds ratio, a bootstrap meets draws that have none. */
    private static final int LEAST_PAIRS = 10;

    private final Map<Right, ByUser> counts = new EnumMap<>(Right.class);
    private final int users;
    private int tied;
    private int unscored;

    /**
     * Counts.
     *
     * @param without logits of the run without guidance
     * @param rows whole groups, rising
     */
    PairCounts(ScoredSamples scored, float[] without, int[] rows) {
        Samples samples = scored.samples();
        int[] userOf = samples.instances().users();
        int[] distinct =
                Arrays.stream(rows).map(row -> userOf[row]).sorted().distinct().toArray();
        this.users = distinct.length;
        for (Right who : Right.values()) {
            counts.put(who, new ByUser(new int[users], new double[users]));
        }
        int group = 1 + samples.negatives();
        for (int row : rows) {
            if (samples.label(row) == 0) {
                int user = Arrays.binarySearch(distinct, userOf[row]);
                count(scored, without, row - row % group, row, user);
            }
        }
    }

    private void count(ScoredSamples scored, float[] without, int positive, int negative, int user) {
        float[] teacher = scored.teacher();
        if (Float.isNaN(teacher[positive]) || Float.isNaN(teacher[negative])) {
            unscored++;
            return;
        }
        if (teacher[positive] == teacher[negative] || without[positive] == without[negative]) {
            tied++;
            return;
        }
        ByUser own = of(Right.of(teacher[positive] > teacher[negative], without[positive] > without[negative]));
        own.pairs[user]++;
        own.right[user] += order(scored.run()[positive], scored.run()[negative]);
    }

    /** 1 for a positive above its negative, one half for a tie, 0 otherwise. */
    private static double order(float positive, float negative) {
        return positive > negative ? 1 : positive == negative ? 0.5 : 0;
    }

    /** Pairs left out because the teacher or the model without it gives both one score. */
    int tied() {
        return tied;
    }

    /** Pairs left out because the teacher scored only one of the two, or none. */
    int unscored() {
        return unscored;
    }

    /** Pairs of a kind. */
    int pairs(Right who) {
        return Arrays.stream(of(who).pairs).sum();
    }

    /** Pairs of all kinds. */
    int pairs() {
        return Arrays.stream(Right.values()).mapToInt(this::pairs).sum();
    }

    /** Share of a kind's pairs that the run orders rightly. */
    OptionalDouble share(Right who) {
        return pairs(who) == 0 ? OptionalDouble.empty() : OptionalDouble.of(right(who, ones()) / pairs(who));
    }

    /** The interval of {@link #share} over users. */
    Optional<Interval> interval(Right who, UserBootstrap bootstrap) {
        return few(who) ? Optional.empty() : bootstrap.of(users, weights -> share(who, weights));
    }

    /**
     * How much higher the odds of being right are in one kind than in another: the odds ratio, one half added to each of the
     * four counts (Haldane 1956; Anscombe 1956), so that it is finite; empty if the run treats all pairs of both alike.
     */
    OptionalDouble oddsRatio(Right first, Right second) {
        double ratio = oddsRatio(first, second, ones());
        return Double.isNaN(ratio) ? OptionalDouble.empty() : OptionalDouble.of(ratio);
    }

    /** The interval of {@link #oddsRatio} over users; empty where it would rest on a handful of pairs. */
    Optional<Interval> interval(Right first, Right second, UserBootstrap bootstrap) {
        return few(first) || few(second) || oneSided(first) || oneSided(second)
                ? Optional.empty()
                : bootstrap.of(users, weights -> oddsRatio(first, second, weights));
    }

    /** Whether the run is right about nearly none or nearly all pairs of a kind. */
    private boolean oneSided(Right who) {
        double won = right(who, ones());
        return won < LEAST_PAIRS || pairs(who) - won < LEAST_PAIRS;
    }

    private double oddsRatio(Right first, Right second, int[] weights) {
        double firstRight = right(first, weights);
        double firstWrong = pairs(first, weights) - firstRight;
        double secondRight = right(second, weights);
        double secondWrong = pairs(second, weights) - secondRight;
        if (firstRight + secondRight == 0 || firstWrong + secondWrong == 0) {
            return Double.NaN;
        }
        return (firstRight + 0.5) / (firstWrong + 0.5) * (secondWrong + 0.5) / (secondRight + 0.5);
    }

    private int[] ones() {
        int[] ones = new int[users];
        Arrays.fill(ones, 1);
        return ones;
    }

    private boolean few(Right who) {
        return Arrays.stream(of(who).pairs).filter(count -> count > 0).count() < PartDiagnosis.LEAST_USERS;
    }

    private double share(Right who, int[] weights) {
        return right(who, weights) / pairs(who, weights);
    }

    private double right(Right who, int[] weights) {
        double[] own = of(who).right;
        double sum = 0;
        for (int user = 0; user < weights.length; user++) {
            sum += weights[user] * own[user];
        }
        return sum;
    }

    private double pairs(Right who, int[] weights) {
        int[] own = of(who).pairs;
        long sum = 0;
        for (int user = 0; user < weights.length; user++) {
            sum += (long) weights[user] * own[user];
        }
        return sum;
    }

    private ByUser of(Right who) {
        return Objects.requireNonNull(counts.get(who));
    }

    /**
     * Counts of one kind.
     *
     * @param pairs pairs of each user
     * @param right of these, those that the run orders rightly; a tie counts one half
     */
    private record ByUser(int[] pairs, double[] right) {}
}

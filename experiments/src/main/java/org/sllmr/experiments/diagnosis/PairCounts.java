// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.UserBootstrap;

/** Pairs of some rows, counted by who is right and by user, with how many of them the guided run orders rightly. */
final class PairCounts {
    /** Pairs by who is right and user. */
    private final int[][] pairs;
    /** Of these, those that the run orders rightly; a tie counts one half. */
    private final double[][] right;

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
        int[] users = samples.instances().users();
        int[] distinct =
                Arrays.stream(rows).map(row -> users[row]).sorted().distinct().toArray();
        this.pairs = new int[Right.values().length][distinct.length];
        this.right = new double[Right.values().length][distinct.length];
        int group = 1 + samples.negatives();
        for (int row : rows) {
            if (samples.label(row) == 0) {
                int user = Arrays.binarySearch(distinct, users[row]);
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
        int who = Right.of(teacher[positive] > teacher[negative], without[positive] > without[negative])
                .ordinal();
        pairs[who][user]++;
        right[who][user] += order(scored.run()[positive], scored.run()[negative]);
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
        return Arrays.stream(pairs[who.ordinal()]).sum();
    }

    /** Pairs of all kinds. */
    int pairs() {
        return Arrays.stream(Right.values()).mapToInt(this::pairs).sum();
    }

    /** Share of a kind's pairs that the run orders rightly. */
    OptionalDouble share(Right who) {
        return pairs(who) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(right[who.ordinal()]).sum() / pairs(who));
    }

    /** The interval of {@link #share} over users. */
    Optional<Interval> interval(Right who, UserBootstrap bootstrap) {
        return few(who) ? Optional.empty() : bootstrap.of(users(), weights -> share(who, weights));
    }

    /** The interval over users of the difference of two kinds' shares. */
    Optional<Interval> interval(Right first, Right second, UserBootstrap bootstrap) {
        return few(first) || few(second)
                ? Optional.empty()
                : bootstrap.of(users(), weights -> share(first, weights) - share(second, weights));
    }

    private boolean few(Right who) {
        return Arrays.stream(pairs[who.ordinal()]).filter(count -> count > 0).count() < PartDiagnosis.LEAST_USERS;
    }

    private int users() {
        return pairs[0].length;
    }

    private double share(Right who, int[] weights) {
        int[] all = pairs[who.ordinal()];
        double[] won = right[who.ordinal()];
        double sum = 0;
        long count = 0;
        for (int user = 0; user < weights.length; user++) {
            sum += weights[user] * won[user];
            count += (long) weights[user] * all[user];
        }
        return sum / count;
    }
}

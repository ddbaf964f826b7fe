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

/** Counts of pairs by who is right and by user, and of those that the guided run orders correctly. */
final class PairCounts {
    /** With fewer in one of the four counts of an odds ratio, some bootstrap draws would have none. */
    private static final int MIN_PAIRS = 10;

    private final Map<CorrectBy, ByUser> counts = new EnumMap<>(CorrectBy.class);
    private final int users;
    private int tied;
    private int unscored;

    /**
     * Counts the pairs of some rows.
     *
     * @param without logits of the run without guidance
     * @param rows complete groups, ascending
     */
    PairCounts(ScoredSamples scored, float[] without, int[] rows) {
        Samples samples = scored.samples();
        int[] userOf = samples.instances().users();
        int[] distinct =
                Arrays.stream(rows).map(row -> userOf[row]).sorted().distinct().toArray();
        this.users = distinct.length;
        for (CorrectBy who : CorrectBy.values()) {
            counts.put(who, new ByUser(new int[users], new double[users]));
        }
        int[] positives = samples.lists().comparedWith();
        for (int row : rows) {
            if (samples.label(row) == 0 && positives[row] >= 0) {
                int user = Arrays.binarySearch(distinct, userOf[row]);
                count(scored, without, positives[row], row, user);
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
        ByUser own = of(CorrectBy.of(teacher[positive] > teacher[negative], without[positive] > without[negative]));
        own.pairs[user]++;
        own.right[user] += order(scored.run()[positive], scored.run()[negative]);
    }

    /** 1 if the positive is above its negative, one half for a tie, 0 otherwise. */
    private static double order(float positive, float negative) {
        return positive > negative ? 1 : positive == negative ? 0.5 : 0;
    }

    /** Pairs left out because the teacher or the model without guidance gives both items the same score. */
    int tied() {
        return tied;
    }

    /** Pairs left out because the teacher did not score both items. */
    int unscored() {
        return unscored;
    }

    /** Number of pairs of a group. */
    int pairs(CorrectBy who) {
        return Arrays.stream(of(who).pairs).sum();
    }

    /** Number of pairs of all groups. */
    int pairs() {
        return Arrays.stream(CorrectBy.values()).mapToInt(this::pairs).sum();
    }

    /** Share of a group's pairs that the run orders correctly. */
    OptionalDouble share(CorrectBy who) {
        return pairs(who) == 0 ? OptionalDouble.empty() : OptionalDouble.of(right(who, ones()) / pairs(who));
    }

    /** The interval of {@link #share} over users. */
    Optional<Interval> interval(CorrectBy who, UserBootstrap bootstrap) {
        return few(who) ? Optional.empty() : bootstrap.of(users, weights -> share(who, weights));
    }

    /**
     * The odds ratio of being right between two groups, with one half added to each of the four counts so that it is
     * finite (Haldane 1956; Anscombe 1956); empty if the run is right, or wrong, about all pairs of both.
     */
    OptionalDouble oddsRatio(CorrectBy first, CorrectBy second) {
        double ratio = oddsRatio(first, second, ones());
        return Double.isNaN(ratio) ? OptionalDouble.empty() : OptionalDouble.of(ratio);
    }

    /** The interval of {@link #oddsRatio} over users; empty if it would rest on a few pairs. */
    Optional<Interval> interval(CorrectBy first, CorrectBy second, UserBootstrap bootstrap) {
        return few(first) || few(second) || oneSided(first) || oneSided(second)
                ? Optional.empty()
                : bootstrap.of(users, weights -> oddsRatio(first, second, weights));
    }

    /** Whether the run is right about nearly none or nearly all pairs of a group. */
    private boolean oneSided(CorrectBy who) {
        double won = right(who, ones());
        return won < MIN_PAIRS || pairs(who) - won < MIN_PAIRS;
    }

    private double oddsRatio(CorrectBy first, CorrectBy second, int[] weights) {
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

    private boolean few(CorrectBy who) {
        return Arrays.stream(of(who).pairs).filter(count -> count > 0).count() < PartDiagnosis.MIN_USERS;
    }

    private double share(CorrectBy who, int[] weights) {
        return right(who, weights) / pairs(who, weights);
    }

    private double right(CorrectBy who, int[] weights) {
        double[] own = of(who).right;
        double sum = 0;
        for (int user = 0; user < weights.length; user++) {
            sum += weights[user] * own[user];
        }
        return sum;
    }

    private double pairs(CorrectBy who, int[] weights) {
        int[] own = of(who).pairs;
        long sum = 0;
        for (int user = 0; user < weights.length; user++) {
            sum += (long) weights[user] * own[user];
        }
        return sum;
    }

    private ByUser of(CorrectBy who) {
        return Objects.requireNonNull(counts.get(who));
    }

    /**
     * Counts of one group.
     *
     * @param pairs number of pairs of each user
     * @param right number of these that the run orders correctly; a tie counts one half
     */
    private record ByUser(int[] pairs, double[] right) {}
}

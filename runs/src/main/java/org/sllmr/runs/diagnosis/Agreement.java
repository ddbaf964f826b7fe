// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.UserBootstrap;
import org.sllmr.evaluation.slice.Slicing;

/**
 * What a guided run makes of pairs (a positive and one of its negatives) by who orders them rightly without guidance.
 *
 * <p>Training again under another seed corrects some pairs and spoils others, whoever the teacher is, and more of those that
 * the teacher has right, because easy pairs are easy for everybody. So neither the shares nor {@link #learned} and {@link
 * #misled} say by themselves what guidance did: a second run without guidance under another seed, diagnosed in the same
 * way, shows what they are by chance. The two are odds ratios because such a run changes more pairs than guidance does, and
 * odds ratios can be compared all the same.
 *
 * @param part label of the part of the samples
 * @param pairs pairs in all four groups
 * @param tied pairs left out because the teacher or the model without it gives both items one score
 * @param unscored pairs left out because the teacher does not know both items
 * @param groups the four groups, in the order of {@link Right}
 * @param learned how many times higher the odds are that the run has right what the model without guidance has wrong,
 *     where the teacher is right than where it is wrong; empty if it corrects nothing
 * @param misled how many times higher the odds are that the run has wrong what the model without guidance has right, where
 *     the teacher is wrong than where it is right; empty if it spoils nothing
 */
public record Agreement(
        String part,
        int pairs,
        int tied,
        int unscored,
        List<Group> groups,
        Optional<Effect> learned,
        Optional<Effect> misled) {
    private static final int REPLICATES = 1000;

    /** Copies the list. */
    public Agreement {
        groups = List.copyOf(groups);
    }

    /**
     * Pairs with one kind of agreement.
     *
     * @param who who orders them rightly
     * @param pairs how many they are
     * @param share of all four groups, in [0, 1]; 0 if there are no pairs
     * @param right the share of them that the guided run orders rightly, ties counting one half; empty without pairs
     * @param interval its 95 % interval over users; empty without pairs or with too few users
     * @param adds what the run's doing with them adds to the share of all pairs that are ordered rightly: the four numbers
     *     add up to the run's share minus that of the model without guidance
     */
    public record Group(
            Right who, int pairs, double share, OptionalDouble right, Optional<Interval> interval, double adds) {}

    /**
     * What the teacher's being right goes with.
     *
     * @param oddsRatio above 0; 1 where it goes with nothing
     * @param interval its 95 % interval over users; empty with too few users or pairs
     */
    public record Effect(double oddsRatio, Optional<Interval> interval) {}

    /** The group of a kind. */
    public Group group(Right who) {
        return groups.stream().filter(group -> group.who() == who).findFirst().orElseThrow();
    }

    /**
     * Judges all samples and the four regions of users and positives.
     *
     * @param listener told of parts judged
     * @return empty if there is no run to compare with, or the teacher knows no pair
     */
    static List<Agreement> of(ScoredSamples scored, Slices slices, ProgressListener listener) {
        if (scored.without().isEmpty()) {
            return List.of();
        }
        Samples samples = scored.samples();
        UserBootstrap bootstrap = new UserBootstrap(REPLICATES, PairedComparison.CONFIDENCE, new Seed(1));
        List<Agreement> all = new ArrayList<>();
        for (Slicing slicing : List.of(Slicing.whole(samples), Slicing.byRegion(samples, slices))) {
            for (int part = 0; part < slicing.labels().size(); part++) {
                listener.progressed("counting pairs", all.size(), 0);
                PairCounts counts = new PairCounts(scored, scored.without().get(), slicing.rows(part));
                if (counts.pairs() > 0) {
                    all.add(of(slicing.labels().get(part), counts, bootstrap));
                }
            }
        }
        return all;
    }

    private static Agreement of(String part, PairCounts counts, UserBootstrap bootstrap) {
        List<Group> groups = new ArrayList<>();
        for (Right who : Right.values()) {
            double share = counts.pairs(who) / (double) counts.pairs();
            OptionalDouble right = counts.share(who);
            groups.add(new Group(
                    who,
                    counts.pairs(who),
                    share,
                    right,
                    counts.interval(who, bootstrap),
                    right.isEmpty() ? 0 : share * (right.getAsDouble() - (who.model() ? 1 : 0))));
        }
        return new Agreement(
                part,
                counts.pairs(),
                counts.tied(),
                counts.unscored(),
                groups,
                effect(counts, Right.TEACHER_ALONE, Right.NEITHER, bootstrap),
                effect(counts, Right.BOTH, Right.MODEL_ALONE, bootstrap));
    }

    /** The odds of being right in the first kind, where the teacher is right, against those in the second. */
    private static Optional<Effect> effect(PairCounts counts, Right first, Right second, UserBootstrap bootstrap) {
        OptionalDouble ratio = counts.oddsRatio(first, second);
        return ratio.isEmpty()
                ? Optional.empty()
                : Optional.of(new Effect(ratio.getAsDouble(), counts.interval(first, second, bootstrap)));
    }
}

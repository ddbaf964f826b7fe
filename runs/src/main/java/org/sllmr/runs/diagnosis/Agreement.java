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
 * How a guided run orders pairs (a positive and one of its negatives), grouped by whether the teacher and the model
 * without guidance order them correctly.
 *
 * <p>Retraining under another seed also corrects some pairs and breaks others, and more often corrects those that the
 * teacher orders correctly, because easy pairs are easy for both. So neither the shares nor {@link #learned} and {@link
 * #misled} show the effect of guidance by themselves: compare them with those of a second run without guidance under
 * another seed. The two are odds ratios because such a run changes more pairs than guidance does, and odds ratios
 * remain comparable.
 *
 * @param part label of the part of the samples
 * @param pairs pairs in all four groups
 * @param tied pairs left out because the teacher or the model without guidance gives both items the same score
 * @param unscored pairs left out because the teacher did not score both items
 * @param groups the four groups, in the order of {@link CorrectBy}
 * @param learned among pairs that the model without guidance has wrong: the odds that the run is right where the
 *     teacher is right, divided by those where it is wrong; empty if the run corrects nothing
 * @param misled among pairs that the model without guidance has right: the odds that the run is wrong where the teacher
 *     is wrong, divided by those where it is right; empty if the run breaks nothing
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
     * The pairs of one group.
     *
     * @param who who orders them correctly
     * @param pairs their number
     * @param share their share of all four groups, in [0, 1]; 0 without pairs
     * @param right share of them that the guided run orders correctly, ties counting one half; empty without pairs
     * @param interval 95 % interval of {@code right} over users; empty without pairs or with too few users
     * @param adds their contribution to the change in the share of correctly ordered pairs: over the four groups it
     *     sums to the run's share minus that of the model without guidance
     */
    public record Group(
            CorrectBy who, int pairs, double share, OptionalDouble right, Optional<Interval> interval, double adds) {}

    /**
     * How strongly the run's correctness is associated with the teacher's.
     *
     * @param oddsRatio above 0; 1 for no association
     * @param interval 95 % interval over users; empty with too few users or pairs
     */
    public record Effect(double oddsRatio, Optional<Interval> interval) {}

    /** The group of that kind. */
    public Group group(CorrectBy who) {
        return groups.stream().filter(group -> group.who() == who).findFirst().orElseThrow();
    }

    /**
     * The agreement on all samples and on the four regions of users and positives.
     *
     * @param listener receives the number of parts done
     * @return empty if there is no run to compare with, or the teacher scored no pair
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
        for (CorrectBy who : CorrectBy.values()) {
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
                effect(counts, CorrectBy.TEACHER_ALONE, CorrectBy.NEITHER, bootstrap),
                effect(counts, CorrectBy.BOTH, CorrectBy.MODEL_ALONE, bootstrap));
    }

    /** The odds ratio of being right in the first group, where the teacher is right, to the second. */
    private static Optional<Effect> effect(
            PairCounts counts, CorrectBy first, CorrectBy second, UserBootstrap bootstrap) {
        OptionalDouble ratio = counts.oddsRatio(first, second);
        return ratio.isEmpty()
                ? Optional.empty()
                : Optional.of(new Effect(ratio.getAsDouble(), counts.interval(first, second, bootstrap)));
    }
}

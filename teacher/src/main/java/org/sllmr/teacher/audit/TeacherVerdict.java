// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.Slices;

/**
 * The conclusion from the audit of a teacher.
 *
 * <p>A difference of AUC counts if it is at least {@link #MIN_DIFFERENCE} and significant, that is, its 95 % interval
 * excludes 0 (DeLong, DeLong and Clarke-Pearson 1988). The minimum is needed because with a million samples every
 * difference is significant.
 *
 * @param standing the result for all samples
 * @param all teacher and popularity on all samples
 * @param betterIn the slices, except that of all samples, on which the teacher is better than chance and popularity, in
 *     the order of {@link Slice}
 */
public record TeacherVerdict(Standing standing, Comparison all, List<Comparison> betterIn) {
    /** The minimum difference of AUC that counts. */
    private static final double MIN_DIFFERENCE = 0.01;

    private static final double STANDARD_ERRORS = 1.96;

    /** Copies the list. */
    public TeacherVerdict {
        betterIn = List.copyOf(betterIn);
    }

    /** The teacher compared with chance and popularity, by differences that count; the first that applies. */
    public enum Standing {
        /** Its AUC is below .5, so its scores are probably reversed. */
        INVERTED,
        /** Its AUC is not above .5. */
        NO_BETTER_THAN_CHANCE,
        /** Popularity's AUC is higher. */
        WORSE_THAN_POPULARITY,
        /** Neither AUC is higher. */
        AS_GOOD_AS_POPULARITY,
        /** Its AUC is higher than popularity's. */
        BETTER_THAN_POPULARITY
    }

    /**
     * Teacher and popularity on the same samples.
     *
     * @param slice the part of the samples
     * @param teacher the teacher's AUC
     * @param teacherError half the width of its 95 % interval
     * @param popularity popularity's AUC
     * @param differenceError half the width of the 95 % interval of the difference
     */
    public record Comparison(
            Slice slice, double teacher, double teacherError, double popularity, double differenceError) {
        /** The teacher's AUC minus popularity's. */
        public double difference() {
            return teacher - popularity;
        }

        Standing standing() {
            if (counts(0.5 - teacher, teacherError)) {
                return Standing.INVERTED;
            } else if (!counts(teacher - 0.5, teacherError)) {
                return Standing.NO_BETTER_THAN_CHANCE;
            } else if (counts(-difference(), differenceError)) {
                return Standing.WORSE_THAN_POPULARITY;
            }
            return counts(difference(), differenceError)
                    ? Standing.BETTER_THAN_POPULARITY
                    : Standing.AS_GOOD_AS_POPULARITY;
        }

        private static boolean counts(double difference, double error) {
            return difference >= MIN_DIFFERENCE && difference > error;
        }
    }

    /**
     * Evaluates a teacher.
     *
     * @param scores the teacher's score of each validation row, NaN if it has none: {@code [validation samples]}
     * @return empty if it scored fewer than two positives with their negatives
     */
    public static Optional<TeacherVerdict> of(float[] scores, TrainingData data) {
        Slices slices = Slices.of(data);
        boolean[] complete =
                TeacherAudit.completeGroups(scores, data.validation().samples());
        float[] popularity = TeacherAudit.popularity(data);
        List<Comparison> comparisons = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            if (slice.isNew()) {
                // Of new items popularity knows nothing, so that being better than it says little.
                continue;
            }
            int[] rows = Arrays.stream(slices.rows(slice, data.validation().samples()))
                    .filter(row -> complete[row])
                    .toArray();
            Placements teacher = Placements.of(scores, data.validation().samples(), rows);
            if (teacher.hasVariance()) {
                Placements popular = Placements.of(popularity, data.validation().samples(), rows);
                comparisons.add(new Comparison(
                        slice,
                        teacher.auc(),
                        STANDARD_ERRORS * teacher.standardError(),
                        popular.auc(),
                        STANDARD_ERRORS * teacher.minus(popular).standardError()));
            }
        }
        if (comparisons.isEmpty() || comparisons.get(0).slice() != Slice.ALL) {
            return Optional.empty();
        }
        List<Comparison> better = comparisons.subList(1, comparisons.size()).stream()
                .filter(part -> part.standing() == Standing.BETTER_THAN_POPULARITY)
                .toList();
        return Optional.of(new TeacherVerdict(comparisons.get(0).standing(), comparisons.get(0), better));
    }
}

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
 * What the audit of a teacher comes to.
 *
 * <p>Differences of AUC are judged by their 95 % intervals (DeLong, DeLong and Clarke-Pearson 1988), and those below
 * {@link #SMALLEST} are taken for none however sure they are: with a million samples every difference is sure.
 *
 * @param standing what is said of all samples
 * @param all the teacher beside popularity on all samples
 * @param betterIn the slices in which the teacher is better than chance and better than popularity, in the order of
 *     {@link Slice}; without the slice of all samples
 */
public record TeacherVerdict(Standing standing, Comparison all, List<Comparison> betterIn) {
    /** The smallest difference of AUC that counts. */
    public static final double SMALLEST = 0.01;

    private static final double STANDARD_ERRORS = 1.96;

    /** Copies the list. */
    public TeacherVerdict {
        betterIn = List.copyOf(betterIn);
    }

    /** How a teacher stands; the first that holds. */
    public enum Standing {
        /** Its AUC is below .5 by at least {@link #SMALLEST}, surely: its scores stand the wrong way round. */
        INVERTED,
        /** Its AUC is not surely above .5 by at least {@link #SMALLEST}: it may know nothing. */
        NO_BETTER_THAN_CHANCE,
        /** Popularity's AUC is higher by at least {@link #SMALLEST}, surely. */
        WORSE_THAN_POPULARITY,
        /** Neither is surely higher by at least {@link #SMALLEST}. */
        AS_GOOD_AS_POPULARITY,
        /** Its AUC is higher than popularity's by at least {@link #SMALLEST}, surely. */
        BETTER_THAN_POPULARITY
    }

    /**
     * Teacher and popularity on the same samples.
     *
     * @param slice the part of the samples
     * @param teacher the teacher's AUC
     * @param teacherError half the 95 % interval of it
     * @param popularity popularity's AUC
     * @param differenceError half the 95 % interval of the difference
     */
    public record Comparison(
            Slice slice, double teacher, double teacherError, double popularity, double differenceError) {
        /** The teacher's AUC less popularity's. */
        public double difference() {
            return teacher - popularity;
        }

        Standing standing() {
            if (isSure(0.5 - teacher, teacherError)) {
                return Standing.INVERTED;
            } else if (!isSure(teacher - 0.5, teacherError)) {
                return Standing.NO_BETTER_THAN_CHANCE;
            } else if (isSure(-difference(), differenceError)) {
                return Standing.WORSE_THAN_POPULARITY;
            }
            return isSure(difference(), differenceError)
                    ? Standing.BETTER_THAN_POPULARITY
                    : Standing.AS_GOOD_AS_POPULARITY;
        }

        private static boolean isSure(double difference, double error) {
            return difference >= SMALLEST && difference > error;
        }
    }

    /**
     * Judges a teacher.
     *
     * @param scores the teacher's score of each validation row, NaN where it has none: {@code [validation samples]}
     * @return empty if it scored fewer than two positives with their negatives
     */
    public static Optional<TeacherVerdict> of(float[] scores, TrainingData data) {
        Slices slices = Slices.of(data);
        boolean[] whole = TeacherAudit.whole(scores, data.validation());
        float[] popularity = TeacherAudit.popularity(data);
        List<Comparison> comparisons = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            int[] rows = Arrays.stream(slices.rows(slice, data.validation()))
                    .filter(row -> whole[row])
                    .toArray();
            Placements teacher = Placements.of(scores, data.validation(), rows);
            if (teacher.isSpread()) {
                Placements popular = Placements.of(popularity, data.validation(), rows);
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sllmr.data.Column;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Auc;

/**
 * How well a teacher alone and popularity rank a part of the validation samples.
 *
 * <p>Parts consist of whole groups, a positive with its negatives, so a part's AUC measures how well such positives are
 * distinguished from items of any kind.
 *
 * @param by the property that defines parts: {@code history} (interactions before the sample), {@code popularity} (the
 *     positive's training positives) or the name of a categorical field of items, such as {@code categories}
 * @param part the range or value, such as {@code 4-5} or {@code Makeup}
 * @param samples number of rows on which both are evaluated
 * @param unscored number of rows left out because a row of their group has no score
 * @param teacher AUC of the teacher's scores; empty without rows
 * @param popularity AUC of the items' numbers of training positives on the same rows
 */
public record PartAudit(
        String by, String part, int samples, int unscored, OptionalDouble teacher, OptionalDouble popularity) {
    private static final int[] HISTORY_BOUNDS = {0, 4, 6, 11, 21};
    private static final int[] POPULARITY_BOUNDS = {0, 1, 3, 10, 30, 100};
    private static final int MOST_VALUES = 10;

    /** Values that more positives have, such as the root of a tree of categories, are not parts. */
    private static final double LARGEST_SHARE = 0.9;

    /**
     * Evaluates a teacher by history length, popularity and category.
     *
     * @param scores the teacher's score of each validation row, NaN if it has none: {@code [validation samples]}
     */
    public static List<PartAudit> of(float[] scores, TrainingData data) {
        PartEvaluator evaluator = new PartEvaluator(scores, data);
        Popularity popularity = Popularity.of(data);
        int[] positions = data.validation().samples().instances().positions();
        int[] items = data.validation().samples().instances().items();
        List<PartAudit> audits = new ArrayList<>();
        evaluator.ranges("history", HISTORY_BOUNDS, row -> positions[row], audits);
        evaluator.ranges("popularity", POPULARITY_BOUNDS, row -> popularity.positives(items[row]), audits);
        category(data).ifPresent(field -> evaluator.values(field, audits));
        return audits;
    }

    /** The first field with several values per item, which is usually the categories. */
    private static Optional<Column> category(TrainingData data) {
        return data.catalogue().fields().stream()
                .filter(field -> field.widest() > 1)
                .findFirst();
    }

    private static final class PartEvaluator {
        private final float[] scores;
        private final float[] popularity;
        private final boolean[] complete;
        private final Samples samples;
        private final int[] heads;

        PartEvaluator(float[] scores, TrainingData data) {
            this.scores = scores;
            this.samples = data.validation().samples();
            this.popularity = TeacherAudit.popularity(data);
            this.complete = TeacherAudit.completeGroups(scores, samples);
            this.heads = samples.lists().heads();
        }

        private interface Measure {
            int of(int positiveRow);
        }

        void ranges(String by, int[] bounds, Measure measure, List<PartAudit> audits) {
            for (int index = 0; index < bounds.length; index++) {
                int from = bounds[index];
                int to = index + 1 < bounds.length ? bounds[index + 1] : Integer.MAX_VALUE;
                String part = to == Integer.MAX_VALUE
                        ? from + " or more"
                        : to == from + 1 ? "" + from : from + "-" + (to - 1);
                add(by, part, row -> measure.of(row) >= from && measure.of(row) < to, audits);
            }
        }

        void values(Column field, List<PartAudit> audits) {
            int[] items = samples.instances().items();
            int[] counts = new int[field.vocabulary().size()];
            int lists = 0;
            for (int row = 0; row < samples.size(); row++) {
                if (heads[row] != row) {
                    continue;
                }
                lists++;
                for (int index = field.offsets()[items[row]]; index < field.offsets()[items[row] + 1]; index++) {
                    counts[field.values()[index]]++;
                }
            }
            double most = LARGEST_SHARE * lists;
            IntStream.range(0, counts.length)
                    .filter(value -> counts[value] <= most)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer value) -> -counts[value])
                            .thenComparing(Comparator.naturalOrder()))
                    .limit(MOST_VALUES)
                    .forEach(value -> add(
                            field.name(),
                            field.vocabulary().value(value),
                            row -> Arrays.stream(
                                            field.values(),
                                            field.offsets()[items[row]],
                                            field.offsets()[items[row] + 1])
                                    .anyMatch(other -> other == value),
                            audits));
        }

        private void add(String by, String part, IntPredicate positiveRow, List<PartAudit> audits) {
            int[] all = IntStream.range(0, samples.size())
                    .filter(row -> heads[row] >= 0 && positiveRow.test(heads[row]))
                    .toArray();
            if (all.length > 0) {
                int[] rows = Arrays.stream(all).filter(row -> complete[row]).toArray();
                audits.add(new PartAudit(
                        by,
                        part,
                        rows.length,
                        all.length - rows.length,
                        Auc.of(scores, samples, rows),
                        Auc.of(popularity, samples, rows)));
            }
        }
    }
}

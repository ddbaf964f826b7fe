// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.Slices;

/**
 * How well a teacher alone ranks one slice of the validation samples, beside popularity.
 *
 * <p>Selective guidance pays where the teacher knows more than the interactions do. A slice on which the teacher is not
 * above popularity is one where it has little to teach.
 *
 * @param slice the part of the samples
 * @param samples rows that both are judged on: those of groups (a positive and its negatives) that the teacher scored
 *     whole
 * @param unscored rows of the slice left out, because the teacher had nothing to say about one of their group
 * @param teacher AUC of the teacher's scores; empty if there are not both positives and negatives
 * @param popularity AUC of the items' numbers of training positives on the same rows
 */
public record TeacherAudit(Slice slice, int samples, int unscored, OptionalDouble teacher, OptionalDouble popularity) {
    /**
     * Judges a teacher on every slice.
     *
     * @param scores the teacher's score of each validation row, NaN where it has none: {@code [validation samples]}
     * @throws IllegalArgumentException if the scores do not match the samples
     */
    public static List<TeacherAudit> of(float[] scores, TrainingData data) {
        Samples samples = data.validation();
        Slices slices = Slices.of(data);
        boolean[] whole = whole(scores, samples);
        float[] popularity = popularity(data);
        List<TeacherAudit> audits = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            int[] all = slices.rows(slice, samples);
            int[] rows = Arrays.stream(all).filter(row -> whole[row]).toArray();
            audits.add(new TeacherAudit(
                    slice,
                    rows.length,
                    all.length - rows.length,
                    Auc.of(scores, samples, rows),
                    Auc.of(popularity, samples, rows)));
        }
        return audits;
    }

    /**
     * Which rows belong to groups that the teacher scored whole.
     *
     * @param scores the teacher's score of each row, NaN where it has none
     * @return for each row whether all rows of its group have a score
     */
    public static boolean[] whole(float[] scores, Samples samples) {
        boolean[] whole = new boolean[samples.size()];
        int size = 1 + samples.negatives();
        for (int group = 0; group < whole.length; group += size) {
            boolean scored = true;
            for (int row = group; row < group + size; row++) {
                scored &= !Float.isNaN(scores[row]);
            }
            Arrays.fill(whole, group, group + size, scored);
        }
        return whole;
    }

    static float[] popularity(TrainingData data) {
        Popularity popularity = Popularity.of(data);
        int[] items = data.validation().instances().items();
        float[] scores = new float[items.length];
        for (int row = 0; row < items.length; row++) {
            scores[row] = popularity.positives(items[row]);
        }
        return scores;
    }
}

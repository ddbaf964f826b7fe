// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.sllmr.data.Popularity;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.Slices;

/**
 * How well a teacher alone and popularity rank a slice of the validation samples.
 *
 * <p>Selective guidance helps where the teacher knows more than the interactions show. On a slice where it is no better
 * than popularity, a model has little to learn from it.
 *
 * @param slice the part of the samples
 * @param samples number of rows on which both are evaluated: those of groups (a positive and its negatives) that are
 *     scored completely
 * @param unscored number of rows of the slice left out because a row of their group has no score
 * @param teacher AUC of the teacher's scores; empty unless there are positives and negatives
 * @param popularity AUC of the items' numbers of training positives on the same rows
 */
public record TeacherAudit(Slice slice, int samples, int unscored, OptionalDouble teacher, OptionalDouble popularity) {
    /**
     * Evaluates a teacher on every slice.
     *
     * @param scores the teacher's score of each validation row, NaN if it has none: {@code [validation samples]}
     * @throws IllegalArgumentException if the scores do not match the samples
     */
    public static List<TeacherAudit> of(float[] scores, TrainingData data) {
        Samples samples = data.validation().samples();
        Slices slices = Slices.of(data);
        boolean[] complete = completeGroups(scores, samples);
        float[] popularity = popularity(data);
        List<TeacherAudit> audits = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            int[] all = slices.rows(slice, samples);
            if (slice.isNew() && all.length == 0) {
                continue;
            }
            int[] rows = Arrays.stream(all).filter(row -> complete[row]).toArray();
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
     * Finds the rows of groups that the teacher scored completely.
     *
     * @param scores the teacher's score of each row, NaN if it has none
     * @return whether all rows of a row's group have a score: {@code [rows]}
     */
    public static boolean[] completeGroups(float[] scores, Samples samples) {
        boolean[] complete = new boolean[samples.size()];
        SampleLists lists = samples.lists();
        for (int list = 0; list < lists.count(); list++) {
            boolean scored = true;
            for (int row = lists.from(list); row < lists.to(list); row++) {
                scored &= !Float.isNaN(scores[row]);
            }
            Arrays.fill(complete, lists.from(list), lists.to(list), scored);
        }
        return complete;
    }

    static float[] popularity(TrainingData data) {
        Popularity popularity = Popularity.of(data);
        int[] items = data.validation().samples().instances().items();
        float[] scores = new float[items.length];
        for (int row = 0; row < items.length; row++) {
            scores[row] = popularity.positives(items[row]);
        }
        return scores;
    }
}

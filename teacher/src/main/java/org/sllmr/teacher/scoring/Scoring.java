// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.scoring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;
import org.sllmr.teacher.plan.PlanHistories;

/** Has a teacher score all candidates of a plan. */
public final class Scoring {
    private Scoring() {}

    /**
     * Scores a plan; the table does not depend on the number of threads.
     *
     * @param log training interactions of the plan's users; the teacher sees them as histories, without those that the
     *     plan holds out
     * @throws IllegalStateException if the teacher returns a score outside [0, 1]
     */
    public static TeacherTableFile run(
            Teacher teacher, CandidatePlan plan, InteractionLog log, Blocks blocks, ProgressListener listener)
            throws InterruptedException {
        return table(teacher, plan, scores(teacher, plan, log, blocks, listener));
    }

    /**
     * Scores the candidates of a plan, or of a slice of its users; what one user's get does not depend on others.
     *
     * @param log as in {@link #run}, of the plan's users alone
     * @return the score of each candidate, or {@link Teacher#NO_SCORE}
     */
    public static float[] scores(
            Teacher teacher, CandidatePlan plan, InteractionLog log, Blocks blocks, ProgressListener listener)
            throws InterruptedException {
        PlanHistories seen = plan.histories(log);
        float[] scores = new float[plan.size()];
        blocks.run(plan.users(), 128, "scoring", listener, (from, to) -> {
            int[] history = new int[teacher.historyLength()];
            for (int user = from; user < to; user++) {
                int end = seen.length(user);
                int start = Math.max(0, end - history.length);
                seen.copyItems(user, start, end, history, 0);
                teacher.score(
                        history, end - start, plan.items(), plan.offsets()[user], plan.offsets()[user + 1], scores);
            }
        });
        return scores;
    }

    /**
     * The table of scores, with its provenance.
     *
     * @param scores the score of each candidate of the plan, or {@link Teacher#NO_SCORE}
     * @throws IllegalStateException if a score is outside [0, 1]
     */
    public static TeacherTableFile table(Teacher teacher, CandidatePlan plan, float[] scores) {
        TeacherTable table = valid(plan, scores);
        return new TeacherTableFile(provenance(teacher, plan, answered(plan, scores), table), table);
    }

    private static TeacherTable valid(CandidatePlan plan, float[] scores) {
        int scored = 0;
        for (float score : scores) {
            scored += Float.isNaN(score) ? 0 : 1;
        }
        int[] offsets = new int[plan.users() + 1];
        int[] items = new int[scored];
        float[] kept = new float[scored];
        int at = 0;
        for (int user = 0; user < plan.users(); user++) {
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                float score = scores[index];
                if (score < 0 || score > 1) {
                    throw new IllegalStateException(
                            "the teacher scored user " + user + ", item " + plan.items()[index] + " with " + score);
                }
                if (!Float.isNaN(score)) {
                    items[at] = plan.items()[index];
                    kept[at++] = score;
                }
            }
            offsets[user + 1] = at;
        }
        return new TeacherTable(offsets, items, kept, plan.heldOut());
    }

    private static Map<String, Integer> answered(CandidatePlan plan, float[] scores) {
        Map<String, Integer> answered = new LinkedHashMap<>();
        for (CandidateSource source : plan.sizes().keySet()) {
            int count = 0;
            for (int index = 0; index < scores.length; index++) {
                count += plan.sources()[index] == source.code() && !Float.isNaN(scores[index]) ? 1 : 0;
            }
            answered.put(source.name(), count);
        }
        return answered;
    }

    private static ScoreProvenance provenance(
            Teacher teacher, CandidatePlan plan, Map<String, Integer> answered, TeacherTable table) {
        Map<String, Integer> planned = new LinkedHashMap<>();
        plan.sizes().forEach((source, size) -> planned.put(source.name(), size));
        int users = 0;
        for (int user = 0; user < table.users(); user++) {
            users += table.offsets()[user + 1] > table.offsets()[user] ? 1 : 0;
        }
        int items = 0;
        boolean[] seen = new boolean[highest(table.items()) + 1];
        for (int item : table.items()) {
            items += seen[item] ? 0 : 1;
            seen[item] = true;
        }
        return new ScoreProvenance(
                teacher.name(),
                teacher.model(),
                teacher.settings(),
                plan.origin().dataset(),
                plan.origin().datasetHash(),
                plan.origin().seed(),
                planned,
                answered,
                plan.size(),
                table.size(),
                users,
                items);
    }

    private static int highest(int[] items) {
        int highest = -1;
        for (int item : items) {
            highest = Math.max(highest, item);
        }
        return highest;
    }
}

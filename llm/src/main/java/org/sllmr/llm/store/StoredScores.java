// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.CandidateSource;

/**
 * The teacher table of a store: the mean over passes of each candidate's scores, normalized for each user.
 *
 * <p>Candidates without a score are left out. Where a window slid over the candidates, the score of one is its rank in the
 * merged order, from 1 for the first to 0 for the last; orders of which a window is missing are left out.
 */
public final class StoredScores {
    private StoredScores() {}

    /** The table, which does not depend on the order of answers. */
    public static TeacherTableFile table(ScoreSource store, Normalization normalization) throws IOException {
        CandidatePlan plan = store.plan();
        double[] sums = new double[plan.size()];
        int[] counts = new int[plan.size()];
        List<RunRecord> runs = store.runs();
        ScoreSource.ScoreVisitor sum = (user, item, pass, score) -> {
            int index = Arrays.binarySearch(plan.items(), plan.offsets()[user], plan.offsets()[user + 1], item);
            sums[index] += score;
            counts[index]++;
        };
        if (StoreReader.windows(runs)) {
            MergedWindows merged = new MergedWindows(plan);
            store.forEachList(merged::add);
            merged.forEachScore(sum);
        } else {
            store.forEachScore(sum);
        }
        TeacherTable table = table(plan, sums, counts, normalization);
        return new TeacherTableFile(provenance(plan, runs, normalization, counts, table), table);
    }

    private static TeacherTable table(CandidatePlan plan, double[] sums, int[] counts, Normalization normalization) {
        int scored = 0;
        for (int count : counts) {
            scored += count > 0 ? 1 : 0;
        }
        int[] offsets = new int[plan.users() + 1];
        int[] items = new int[scored];
        float[] scores = new float[scored];
        int at = 0;
        for (int user = 0; user < plan.users(); user++) {
            for (int index = plan.offsets()[user]; index < plan.offsets()[user + 1]; index++) {
                if (counts[index] > 0) {
                    items[at] = plan.items()[index];
                    scores[at++] = (float) (sums[index] / counts[index]);
                }
            }
            offsets[user + 1] = at;
            normalization.apply(scores, offsets[user], at);
        }
        return new TeacherTable(offsets, items, scores, plan.heldOut());
    }

    private static ScoreProvenance provenance(
            CandidatePlan plan, List<RunRecord> runs, Normalization normalization, int[] counts, TeacherTable table) {
        RunRecord run = runs.get(runs.size() - 1);
        RequestOrigin origin = run.origin();
        Map<String, String> settings = RunRecord.settings(runs);
        settings.put("candidates", Integer.toString(origin.candidates()));
        settings.put("passes", Integer.toString(run.passes()));
        settings.put("normalization", normalization.name());
        // In stores before this format, prompts may have shown held-out interactions.
        settings.put("storeFormat", Integer.toString(Tables.FORMAT));
        Map<String, Integer> planned = new LinkedHashMap<>();
        plan.sizes().forEach((source, size) -> planned.put(source.name(), size));
        Map<String, Integer> answered = new LinkedHashMap<>();
        for (CandidateSource source : plan.sizes().keySet()) {
            int count = 0;
            for (int index = 0; index < counts.length; index++) {
                count += plan.sources()[index] == source.code() && counts[index] > 0 ? 1 : 0;
            }
            answered.put(source.name(), count);
        }
        int users = 0;
        for (int user = 0; user < table.users(); user++) {
            users += table.to(user) > table.from(user) ? 1 : 0;
        }
        return new ScoreProvenance(
                origin.provider(),
                origin.model(),
                settings,
                origin.dataset(),
                origin.datasetHash(),
                plan.origin().seed(),
                planned,
                answered,
                plan.size(),
                table.size(),
                users,
                (int) Arrays.stream(table.items()).distinct().count());
    }
}

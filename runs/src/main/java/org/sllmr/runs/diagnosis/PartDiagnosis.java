// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.evaluation.slice.Slicing;

/**
 * How well the teacher alone, the guided run and the run without guidance rank one part of the samples.
 *
 * <p>The two runs are judged on all rows of the part, the teacher on those of groups that it scored whole; where it scored
 * few, its number is about few.
 *
 * @param by what the parts are made by, such as {@code history length}
 * @param part label of the part
 * @param samples rows of the part
 * @param scored how many of them the teacher is judged on
 * @param teacher AUC of the teacher's scores; empty where it is not defined
 * @param run AUC of the guided run
 * @param without AUC of the other run; empty without one
 * @param difference guided run minus the other one; empty without one, or if the part has too few users for an interval
 * @param verdict what the corrected p-value allows one to say
 */
public record PartDiagnosis(
        String by,
        String part,
        int samples,
        int scored,
        OptionalDouble teacher,
        OptionalDouble run,
        OptionalDouble without,
        Optional<Difference> difference,
        Verdict verdict) {
    /** A bootstrap of fewer users than this is too sure of itself: it knows no users but these. */
    public static final int LEAST_USERS = 30;

    /**
     * Judges all samples, and parts of them: by user and positive, by item, by length of the history, by popularity of the
     * positive, and by how sure the teacher is.
     *
     * @param listener told of parts judged
     */
    static List<PartDiagnosis> of(ScoredSamples scored, Slices slices, TrainingData data, ProgressListener listener) {
        Samples samples = scored.samples();
        List<Slicing> slicings = List.of(
                Slicing.whole(samples),
                Slicing.byRegion(samples, slices),
                Slicing.byItem(samples, slices),
                Slicing.byHistory(samples),
                Slicing.byPopularity(samples, data),
                Slicing.byDecile("certainty of the teacher", "%.3f", samples, scored::certainty));
        int all = slicings.stream().mapToInt(slicing -> slicing.labels().size()).sum();
        boolean[] judged = scored.judged();
        List<PartDiagnosis> parts = new ArrayList<>();
        int done = 0;
        for (Slicing slicing : slicings) {
            for (int part = 0; part < slicing.labels().size(); part++) {
                listener.progressed("judging parts", done++, all);
                int[] rows = slicing.rows(part);
                if (rows.length > 0) {
                    parts.add(of(slicing.name(), slicing.labels().get(part), scored, rows, judged));
                }
            }
        }
        return corrected(parts);
    }

    private static PartDiagnosis of(String by, String part, ScoredSamples scored, int[] rows, boolean[] judged) {
        Samples samples = scored.samples();
        int[] own = Arrays.stream(rows).filter(row -> judged[row]).toArray();
        OptionalDouble run = Auc.of(scored.run(), samples, rows);
        boolean enough = run.isPresent() && scored.users(rows) >= LEAST_USERS;
        return new PartDiagnosis(
                by,
                part,
                rows.length,
                own.length,
                Auc.of(scored.teacher(), samples, own),
                run,
                scored.without().map(without -> Auc.of(without, samples, rows)).orElseGet(OptionalDouble::empty),
                scored.without().filter(without -> enough).map(without -> difference(without, scored, rows)),
                Verdict.NOT_TESTED);
    }

    private static Difference difference(float[] without, ScoredSamples scored, int[] rows) {
        return PairedComparison.overUsers(
                SampleMetric.AUC, List.of(without), List.of(scored.run()), scored.samples(), rows);
    }

    /** Corrects the p values over all parts: they stand in one table. */
    private static List<PartDiagnosis> corrected(List<PartDiagnosis> parts) {
        List<Difference> corrected = PairedComparison.corrected(
                parts.stream().flatMap(part -> part.difference.stream()).toList());
        List<PartDiagnosis> all = new ArrayList<>();
        int next = 0;
        for (PartDiagnosis part : parts) {
            all.add(part.difference.isEmpty() ? part : part.with(corrected.get(next++)));
        }
        return all;
    }

    private PartDiagnosis with(Difference corrected) {
        return new PartDiagnosis(
                by, part, samples, scored, teacher, run, without, Optional.of(corrected), corrected.verdict());
    }
}

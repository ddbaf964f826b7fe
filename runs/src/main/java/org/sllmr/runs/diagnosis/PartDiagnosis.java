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
 * AUC of the teacher alone, the guided run and the run without guidance on one part of the samples.
 *
 * <p>The two runs are evaluated on all rows of the part, the teacher only on groups that it scored completely, which
 * can be few.
 *
 * @param by what the samples are divided by, such as {@code history length}
 * @param part label of the part
 * @param samples number of samples of the part
 * @param scored how many of them the teacher is evaluated on
 * @param teacher AUC of the teacher's scores; empty if undefined
 * @param run AUC of the guided run
 * @param without AUC of the other run; empty without one
 * @param difference guided run minus the other one; empty without one, or if the part has too few users for an interval
 * @param verdict the conclusion from the corrected p value
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
    /** A bootstrap over fewer users underestimates the uncertainty. */
    public static final int MIN_USERS = 30;

    /**
     * The diagnosis of all samples, and of parts by region, item, history length, popularity of the positive, and the
     * teacher's certainty.
     *
     * @param listener receives the number of parts done
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
        boolean enough = run.isPresent() && scored.users(rows) >= MIN_USERS;
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

    /** Corrects the p values over all parts, which share a table. */
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

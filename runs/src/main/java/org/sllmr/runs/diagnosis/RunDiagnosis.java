// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Slices;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.oracle.OracleTeacher;
import org.sllmr.runs.ranking.Split;

/** Diagnoses a run from its folder: scores the samples with the stored models and compares them with the teacher. */
public final class RunDiagnosis {
    private RunDiagnosis() {}

    /**
     * Diagnoses a run.
     *
     * @param run the guided run
     * @param without the run to compare with, ideally one that differs only in guidance
     * @param teacher name of the teacher
     * @param scores the teacher's score of each row of the split, NaN without a score: {@code [rows]}
     * @param dataset the dataset of both runs
     * @param split the split to diagnose
     * @param listener receives the numbers of runs scored and parts done
     * @throws InvalidInputException if a run was trained on another dataset
     */
    public static Diagnosis of(
            RunFolder run,
            Optional<RunFolder> without,
            String teacher,
            float[] scores,
            Dataset dataset,
            Split split,
            ProgressListener listener)
            throws IOException {
        listener.progressed("scoring with " + run.path(), 0, 0);
        float[] guided = logits(run, dataset, split);
        Optional<float[]> other = Optional.empty();
        if (without.isPresent()) {
            listener.progressed("scoring with " + without.get().path(), 0, 0);
            other = Optional.of(logits(without.get(), dataset, split));
        }
        ScoredSamples scored = new ScoredSamples(split.samples(dataset), scores, guided, other);
        Slices slices = Slices.of(dataset.trainingData());
        List<PartDiagnosis> parts = PartDiagnosis.of(scored, slices, dataset.trainingData(), listener);
        int judged = parts.get(0).scored();
        return new Diagnosis(
                dataset.trainingData().name(),
                split.text(),
                run.path().toString(),
                without.map(folder -> folder.path().toString()),
                teacher,
                scored.samples().size(),
                judged,
                parts,
                Agreement.of(scored, slices, listener),
                GuidanceHistory.of(run.contents(), scored, slices),
                notes(run, without, teacher, scored.samples(), judged));
    }

    private static float[] logits(RunFolder run, Dataset dataset, Split split) throws IOException {
        run.requireJudged("and cannot be diagnosed");
        return RunEvaluation.logits(run, dataset, split.text(), split.log(dataset), split.samples(dataset));
    }

    private static List<String> notes(
            RunFolder run, Optional<RunFolder> without, String teacher, Samples samples, int judged) {
        List<String> notes = new ArrayList<>();
        if (OracleTeacher.named(teacher)) {
            notes.add(OracleTeacher.WARNING);
        }
        RunSettings settings = settings(run);
        if (!settings.guidance().needsTeacher()) {
            notes.add("The run was trained without guidance: its differences are due to chance.");
        }
        if (without.isEmpty()) {
            notes.add("There is no run to compare with; name one without guidance, of the same configuration and"
                    + " seed, with --without.");
        } else {
            RunSettings other = settings(without.get());
            if (other.guidance().needsTeacher()) {
                notes.add("The other run was guided too: verdicts compare the two kinds of guidance.");
            }
            List<String> differing = differing(settings, other);
            if (!differing.isEmpty()) {
                notes.add("The two runs differ in " + String.join(" and ", differing) + " too: differences are not"
                        + " due to guidance alone.");
            }
        }
        if (judged < samples.size()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "The teacher scored %,d of %,d samples in complete groups; its AUC, its certainty and the pairs"
                            + " are of these only.",
                    judged,
                    samples.size()));
        }
        return notes;
    }

    private static List<String> differing(RunSettings one, RunSettings other) {
        List<String> differing = new ArrayList<>();
        if (!one.model().equals(other.model())) {
            differing.add("model");
        }
        if (!one.training().equals(other.training())) {
            differing.add("training");
        }
        if (one.seed() != other.seed()) {
            differing.add("seed");
        }
        return differing;
    }

    private static RunSettings settings(RunFolder run) {
        return RunConfiguration.read(run.path().toString(), run.contents().configuration());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.training.TrainingListener;

/**
 * A program that trains a small model of each kind of network, guided, and ranks with it; for a process of its own.
 *
 * <p>Together they use every kind of layer, each objective, both table updates, batches that are worked on by one thread and
 * by several, and guidance with fitted targets and with a fitted gate;
 * one reads the teacher's scores itself and takes some values for unknown.
 */
final class TrainedRuns {
    private static final String CALIBRATED = "{name: calibrated-pairwise, referenceEpochs: 1}";

    /** Configuration by name of the run's folder. */
    static final Map<String, String> RUNS = runs();

    private TrainedRuns() {}

    private static Map<String, String> runs() {
        Map<String, String> runs = new LinkedHashMap<>();
        runs.put("deepfm", run("{name: deepfm, mlp: {units: [24, 12]}}", "dense", "{batchSize: 128}", CALIBRATED));
        runs.put(
                "dcnv2",
                run(
                        "{name: dcnv2, mlp: {units: [24, 12], batchNorm: true, dropout: 0.2}}",
                        "sparse",
                        "{batchSize: 700}",
                        "{name: selective-pairwise, gate: calibrated}"));
        runs.put(
                "din",
                run(
                        "{name: din, attention: {units: [10]}, mlp: {units: [24, 12]}}",
                        "dense",
                        "{batchSize: 600, objective: info-nce}",
                        CALIBRATED));
        runs.put(
                "autoint",
                run(
                        "{name: autoint, layers: 2, attentionSize: 16, mlp: {units: [24]}}",
                        "dense",
                        "{batchSize: 256}",
                        CALIBRATED));
        runs.put(
                "xdeepfm",
                run(
                        "{name: xdeepfm, maps: [10, 7], mlp: {units: [24]}}",
                        "dense",
                        "{batchSize: 600, objective: bayesian-personalized-ranking}",
                        CALIBRATED));
        runs.put(
                "scores",
                run("{name: dcnv2, mlp: {units: [24, 12]}}", "dense", "{batchSize: 600}", "none")
                        .replace(
                                "model:\n",
                                "model:\n  schema: {teacherScores: true, unknown: {share: 0.1, rareBelow: 2}}\n"));
        return runs;
    }

    private static String run(String backbone, String updates, String training, String guidance) {
        return """
                seed: 3
                model:
                  embeddingDimension: 12
                  initialization: {name: normal, deviation: 0.3}
                  backbone: %s
                  optimizer: {tableUpdates: %s, learningRate: 0.01}
                training: %s
                guidance: %s
                """.formatted(backbone, updates, training.replace("}", ", maxEpochs: 1}"), guidance);
    }

    /**
     * Trains.
     *
     * @param arguments the dataset folder, the teacher's scores, and the folder that the runs' folders go to
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path dataset = Path.of(arguments[0]);
        Path teacher = Path.of(arguments[1]);
        for (Map.Entry<String, String> run : RUNS.entrySet()) {
            RunSettings settings =
                    RunConfiguration.read(run.getKey(), run.getValue()).on(dataset, Optional.of(teacher));
            RunFolder folder = RunExecution.execute(
                    settings, RunInputs.of(settings), Path.of(arguments[2], run.getKey()), TrainingListener.SILENT);
            FullRanking.run(
                    folder,
                    Dataset.open(dataset),
                    new RankingSettings(Split.TEST, OptionalInt.empty(), List.of(5, 10), 1, true),
                    ProgressListener.NONE);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.example;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.model.Model;
import org.sllmr.runs.NamedConfigurations;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.guidance.CalibratedPairwise;

/** Trains with guidance, loads the run, scores samples, and recommends items. */
public final class TrainAndRecommend {
    private TrainAndRecommend() {}

    /** Arguments: a dataset folder, a teacher's scores, and the run folder to make. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path data = Path.of(arguments[0]);
        Path run = Path.of(arguments[2]);
        train(data, Path.of(arguments[1]), run);

        Dataset dataset = Dataset.open(data);
        Model model = RunEvaluation.model(RunFolder.open(run), dataset);
        Samples samples = dataset.trainingData().validation().samples();
        float[] logits = model.score(dataset.trainingData().log(), samples.instances());
        for (int row = 0; row < 4; row++) {
            double probability = 1 / (1 + Math.exp(-logits[row]));
            System.out.printf("label %d, probability %.3f%n", samples.label(row), probability);
        }
        recommend(model, dataset, new int[] {0, 1, 2}, 10).forEach(System.out::println);
    }

    /** As {@code sllmr train --set guidance=calibrated-pairwise --set seed=2}; a stopped training resumes. */
    static void train(Path data, Path scores, Path run) throws IOException, InterruptedException {
        RunSettings settings = NamedConfigurations.reader("recommended/dcnv2")
                .assignments(List.of("seed=2"))
                .read()
                .withGuidance(CalibratedPairwise.defaults())
                .on(data, Optional.of(scores));
        RunFolder trained = RunExecution.execute(settings, RunInputs.of(settings), run, TrainingListener.SILENT);
        trained.contents()
                .metrics()
                .test()
                .value(SampleMetric.AUC)
                .ifPresent(auc -> System.out.printf("test AUC %.4f%n", auc));
    }

    /** The ids of the items with the highest scores for each user, without those in the user's history. */
    static List<List<String>> recommend(Model model, Dataset dataset, int[] users, int count) {
        TrainingData data = dataset.trainingData();
        // All interactions but each user's last, the test positive.
        InteractionLog log = dataset.testData().log();
        int items = data.catalogue().size();
        int[] positions = IntStream.of(users).map(log::length).toArray();
        float[][] scores = new float[users.length][items];
        CatalogueScorer.Receiver receiver = new CatalogueScorer.Receiver() {
            @Override
            public void asked(int row, float[] ofAsked) {}

            @Override
            public void scores(int row, int first, float[] block, int length) {
                System.arraycopy(block, 0, scores[row], first, length);
            }
        };
        model.catalogueScorer(items)
                .score(log, users, positions, new int[users.length][0], receiver, ProgressListener.NONE);
        List<List<String>> lists = new ArrayList<>();
        for (int row = 0; row < users.length; row++) {
            float[] own = scores[row];
            Set<Integer> history = new HashSet<>();
            for (int position = 0; position < positions[row]; position++) {
                history.add(log.item(users[row], position));
            }
            lists.add(IntStream.range(0, items)
                    .filter(item -> !history.contains(item))
                    .boxed()
                    .sorted(Comparator.comparingDouble(item -> -own[item]))
                    .limit(count)
                    .map(data.catalogue().ids()::value)
                    .toList());
        }
        return lists;
    }
}

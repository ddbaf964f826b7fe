// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.model.Model;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;

/** Loads the model of a run, scores samples, and ranks all items for some users. */
public final class ScoreWithRun {
    private ScoreWithRun() {}

    /** Arguments: a dataset folder and a run that was trained on it. */
    public static void main(String[] arguments) throws IOException {
        Dataset dataset = Dataset.open(Path.of(arguments[0]));
        Model model = RunEvaluation.model(RunFolder.open(Path.of(arguments[1])), dataset);
        Samples samples = dataset.trainingData().validation().samples();
        float[] logits = model.score(dataset.trainingData().validation().log(), samples.instances());
        for (int row = 0; row < 4; row++) {
            double probability = 1 / (1 + Math.exp(-logits[row]));
            System.out.printf("label %d, probability %.3f%n", samples.label(row), probability);
        }
        recommend(model, dataset, new int[] {0, 1, 2}, 10).forEach(System.out::println);
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

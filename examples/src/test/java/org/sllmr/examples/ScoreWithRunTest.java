// SPDX-License-Identifier: Apache-2.0
package org.sllmr.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.Model;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.training.TrainingListener;

/** The second program of docs/how-to/use-from-java.md is the one that is compiled here, and does what the page says. */
class ScoreWithRunTest {
    @TempDir
    private Path folder;

    @Test
    void thePageShowsTheCompiledProgram() throws Exception {
        new Page("use-from-java.md").shows(ScoreWithRun.class, "import ");
    }

    @Test
    void itRanksTheBestNewItems() throws Exception {
        SmallShop shop = SmallShop.in(folder, 60);
        Path run = folder.resolve("run");
        RunSettings settings = RunConfiguration.read("test", "{training: {maxEpochs: 1}, guidance: none}")
                .on(shop.dataset(), Optional.empty());
        RunFolder made = RunExecution.execute(settings, RunInputs.of(settings), run, TrainingListener.SILENT);
        ScoreWithRun.main(new String[] {shop.dataset().toString(), run.toString()});

        Dataset dataset = Dataset.open(shop.dataset());
        InteractionLog log = dataset.testData().log();
        int items = dataset.trainingData().catalogue().size();
        int user = 5;
        Model model = RunEvaluation.model(made, dataset);
        List<String> list =
                ScoreWithRun.recommend(model, dataset, new int[] {user}, 10).get(0);
        assertThat(list).hasSize(10).doesNotHaveDuplicates();

        // The obvious way: every item as a sample of its own.
        int[] users = new int[items];
        int[] positions = new int[items];
        Arrays.fill(users, user);
        Arrays.fill(positions, log.length(user));
        int[] all = new int[items];
        Arrays.setAll(all, item -> item);
        float[] logits = model.score(log, new Instances(users, all, positions));
        float least = Float.POSITIVE_INFINITY;
        for (String id : list) {
            int item = dataset.trainingData().catalogue().ids().indexOf(id);
            assertThat(logits[item]).isLessThanOrEqualTo(least + 1e-3f);
            least = Math.min(least, logits[item]);
        }
        for (int position = 0; position < log.length(user); position++) {
            int taken = log.item(user, position);
            assertThat(list)
                    .doesNotContain(dataset.trainingData().catalogue().ids().value(taken));
            logits[taken] = Float.NEGATIVE_INFINITY;
        }
        for (String id : list) {
            logits[dataset.trainingData().catalogue().ids().indexOf(id)] = Float.NEGATIVE_INFINITY;
        }
        for (float other : logits) {
            assertThat(other).isLessThanOrEqualTo(least + 1e-3f);
        }
    }
}

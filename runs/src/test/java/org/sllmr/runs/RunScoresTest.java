// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Evaluation;
import org.sllmr.evaluation.Slices;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.training.TrainingListener;

/** The scores of samples that a run stores. */
class RunScoresTest {
    @TempDir
    Path folder;

    private Dataset dataset;
    private RunFolder run;

    @BeforeEach
    void train() throws Exception {
        SmallShop shop = SmallShop.in(folder);
        RunSettings settings = RunConfiguration.read("test", """
                model: {backbone: mf, embeddingDimension: 4}
                training: {maxEpochs: 2}
                """).on(shop.dataset(), Optional.empty());
        RunInputs inputs = RunInputs.of(settings);
        dataset = inputs.dataset();
        run = RunExecution.execute(settings, inputs, folder.resolve("run"), TrainingListener.SILENT);
    }

    @Test
    void metricsCanBeComputedAgainFromThem() throws IOException {
        Slices slices = Slices.of(dataset.trainingData());
        RunScores test = run.scores("test").orElseThrow();
        RunScores validation = run.scores("validation").orElseThrow();
        assertThat(new SplitMetrics(
                        Evaluation.evaluate(test.logits(), dataset.testData().test(), slices)))
                .isEqualTo(run.contents().metrics().test());
        Samples validated = dataset.trainingData().validation().samples();
        assertThat(new SplitMetrics(Evaluation.evaluate(validation.logits(), validated, slices)))
                .isEqualTo(run.contents().metrics().validation());
        for (int row = 0; row < test.labels().length; row++) {
            assertThat((int) test.labels()[row])
                    .isEqualTo(dataset.testData().test().label(row));
            // One positive and one negative each.
            assertThat(test.lists()[row]).isEqualTo(row / 2);
        }
        assertThat(test.users()).isEqualTo(dataset.testData().test().instances().users());
        assertThat(test.items()).isEqualTo(dataset.testData().test().instances().items());
    }

    @Test
    void areWhatTheNetworkScores() throws IOException {
        TestData test = dataset.testData();
        float[] stored = RunEvaluation.logits(run, dataset, "test", test.log(), test.test());
        assertThat(stored)
                .containsExactly(RunEvaluation.scorer(run, dataset)
                        .score(test.log(), test.test().instances()));
    }

    @Test
    void areComputedAgainWhereTheRunHasNone() throws IOException {
        TestData test = dataset.testData();
        RunFolder old = RunFolder.write(
                folder.resolve("old"), run.contents(), place -> Files.copy(run.model(), place), RunParts.NONE);
        assertThat(old.scores("test")).isEmpty();
        assertThat(RunEvaluation.logits(old, dataset, "test", test.log(), test.test()))
                .containsExactly(run.scores("test").orElseThrow().logits());
    }

    @Test
    void aChangedByteIsRefused() throws IOException {
        Path file = run.path().resolve("samples-test.scores");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> run.scores("test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("samples-test.scores");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Seed;
import org.sllmr.data.TestData;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.file.Safetensors;
import org.sllmr.runs.execution.SmallShop;
import org.sllmr.training.TrainingListener;

/** A guided model is a plain backbone: the same parameters, scored by the same code. */
class ServedModelTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static SmallShop shop;
    private static Path teacher;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = SmallShop.in(shared, 60);
        teacher = shop.teacherHoldingOut(shared.resolve("holding-out.scores"));
    }

    static List<String> backbones() {
        return Backbones.all().stream().map(Backbones.Entry::name).toList();
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void aGuidedModelIsThePlainBackbone(String backbone) throws Exception {
        RunFolder plain = train(backbone, "none");
        TestData test = RunInputs.of(settings(backbone, "none")).dataset().testData();
        for (String guidance : List.of(
                "{name: calibrated-pairwise, referenceEpochs: 1}",
                "{name: selective-pairwise, gate: joint}",
                "{name: selective-pairwise, gate: calibrated}",
                "global-pairwise",
                "pointwise",
                "distillation")) {
            RunFolder guided = train(backbone, guidance);
            assertThat(tensors(guided)).as(guidance).isEqualTo(tensors(plain));
            // Loaded into a model of the settings without guidance, it gives the guided run's scores.
            RunSettings alone = RunConfiguration.read("plain", plain.contents().configuration());
            Model model =
                    alone.model().create(RunInputs.of(alone).dataset().trainingData(), new Seed(99).child("model"));
            ModelFile.read(guided.model(), model);
            float[] logits = model.score(test.log(), test.test().instances());
            assertThat(ScoreHistogram.of(logits, test.test()))
                    .as(guidance)
                    .isEqualTo(guided.contents().scores().orElseThrow());
        }
    }

    private static RunSettings settings(String backbone, String guidance) {
        return RunConfiguration.read("test", """
                model: {backbone: %s, embeddingDimension: 8}
                training: {maxEpochs: 1}
                guidance: %s
                """.formatted(backbone, guidance))
                .on(shop.dataset(), Optional.of(teacher));
    }

    private RunFolder train(String backbone, String guidance) throws IOException, InterruptedException {
        RunSettings settings = settings(backbone, guidance);
        return RunExecution.execute(
                settings,
                RunInputs.of(settings),
                folder.resolve(Integer.toHexString(guidance.hashCode())),
                TrainingListener.SILENT);
    }

    /** Name and shape of every parameter. */
    private static List<String> tensors(RunFolder run) throws IOException {
        return Safetensors.read(run.model(), "").tensors().stream()
                .map((NamedTensor tensor) -> tensor.name() + Arrays.toString(tensor.shape()))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.model.example.NeuralFactorizationMachine;
import org.sllmr.model.file.Safetensors;
import org.sllmr.model.layer.MlpSettings;

/**
 * Every setting is on docs/reference/backbones.md, and the example of docs/how-to/add-a-backbone.md is the one that is
 * compiled and works.
 */
class BackbonesPageTest {
    private static final Path REFERENCE = Path.of("..", "docs", "reference", "backbones.md");
    private static final Path HOW_TO = Path.of("..", "docs", "how-to", "add-a-backbone.md");
    private static final Path EXAMPLE =
            Path.of("src/test/java/org/sllmr/model/example/NeuralFactorizationMachine.java");

    static List<Backbones.Entry> entries() {
        return Backbones.all();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everySettingOfEveryBackboneIsNamed(Backbones.Entry entry) throws IOException {
        String page = Files.readString(REFERENCE);
        String start = "\n## `" + entry.name() + "`";
        assertThat(page).contains(start);
        String section = page.substring(page.indexOf(start) + 1);
        section = section.substring(0, section.indexOf("\n## "));
        for (RecordComponent setting : entry.settings().getRecordComponents()) {
            assertThat(section).contains("| `" + setting.getName() + "` |");
        }
    }

    @Test
    void theExampleIsTheCompiledOne() throws IOException {
        String source = Files.readString(EXAMPLE);
        String shown = source.substring(source.indexOf("package "));
        assertThat(Files.readString(HOW_TO)).contains("```java\n" + shown + "```");
    }

    @Test
    void theExampleTrainsAndScoresWhatItSays(@TempDir Path folder) throws IOException {
        RandomWorld world = new RandomWorld(5, 30, 40, 8);
        MlpSettings mlp = MlpSettings.defaults().withUnits(List.of(7)).withBatchNorm(true);
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings = new ModelSettings(
                defaults.schema(),
                6,
                defaults.initialization(),
                defaults.linearInitialization(),
                new NeuralFactorizationMachine(mlp),
                defaults.optimizer());
        CtrModel model = CtrModel.create(world.data, settings, new Seed(1));
        Instances rows = world.instances(world.data.log(), 20, true);
        for (int step = 0; step < 5; step++) {
            TrainableModel.Batch batch = model.prepare(world.data.log(), rows, 20);
            float[] gradient = new float[model.forward(batch).length];
            gradient[step] = 1;
            model.backward(batch, gradient);
        }
        Path file = folder.resolve("model.safetensors");
        ModelFile.write(file, model, Map.of());
        ObviousScorer obvious = new ObviousScorer(world.data, settings, Safetensors.read(file, ""));
        float[] scores = model.score(world.data.log(), rows);
        for (int row = 0; row < scores.length; row++) {
            double expected =
                    obvious.score(world.data.log(), rows.users()[row], rows.items()[row], rows.positions()[row]);
            assertThat((double) scores[row]).isCloseTo(expected, within(1e-5 + 1e-5 * Math.abs(expected)));
        }
    }
}

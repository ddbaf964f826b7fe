// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.TrainingState;

class OptimizerLookaheadTest {
    private static final World WORLD = World.of(80, 45, 1, new Seed(5));

    @ParameterizedTest
    @ValueSource(strings = {"deepfm", "dcnv2", "din"})
    void scoresAsAfterARealStepAndRestoresTheModel(String backbone) {
        Instances scored = WORLD.data().validation().samples().instances();
        Instances trained = WORLD.data().training().instances();
        Model model = create(backbone);
        Model stepped = create(backbone);
        TrainingState before = model.state();
        float[] ahead = new OptimizerLookahead(model, WORLD.data().log())
                .scoreAfter(trained, OptimizerLookaheadTest::ones, scored);
        TrainableModel.Batch batch = stepped.prepare(WORLD.data().log(), trained, trained.size());
        stepped.backward(batch, ones(stepped.forward(batch)));
        assertThat(ahead).containsExactly(stepped.score(WORLD.data().log(), scored));
        assertThat(model.score(WORLD.data().log(), scored)).isNotEqualTo(ahead);
        TrainingState after = model.state();
        assertThat(after.steps()).isEqualTo(before.steps());
        for (int block = 0; block < before.blocks().size(); block++) {
            assertThat(after.blocks().get(block))
                    .containsExactly(before.blocks().get(block));
        }
    }

    private static float[] ones(float[] logits) {
        float[] gradient = new float[logits.length];
        Arrays.fill(gradient, 1f / logits.length);
        return gradient;
    }

    private static Model create(String backbone) {
        ModelSettings defaults = ModelSettings.defaults();
        return new ModelSettings(
                        defaults.schema(),
                        8,
                        defaults.initialization(),
                        defaults.linearInitialization(),
                        Backbones.named(backbone).defaults(),
                        defaults.optimizer())
                .create(WORLD.data(), new Seed(1));
    }
}

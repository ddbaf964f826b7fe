// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Seed;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BayesianPersonalizedRanking;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.InfoNce;
import org.sllmr.training.objective.Objective;

/**
 * Every backbone learns planted preferences with guidance. Objectives see nothing of a backbone but its logits, so the others
 * are tried with one backbone that pools histories and one that reads them item by item.
 */
class BackboneTrainingTest {
    private static final World WORLD = World.of(150, 45, 2, new Seed(3));

    static List<Arguments> learners() {
        List<Arguments> learners = new ArrayList<>();
        for (Backbones.Entry backbone : Backbones.all()) {
            learners.add(Arguments.of(backbone.name(), BinaryCrossEntropy.defaults()));
        }
        for (String backbone : List.of("deepfm", "din")) {
            learners.add(Arguments.of(backbone, BayesianPersonalizedRanking.defaults()));
            learners.add(Arguments.of(backbone, InfoNce.defaults()));
        }
        return learners;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("learners")
    void learns(String backbone, Objective objective) throws InterruptedException {
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings = new ModelSettings(
                defaults.schema(),
                8,
                defaults.initialization(),
                defaults.linearInitialization(),
                Backbones.named(backbone).defaults(),
                new OptimizerSettings(
                        OptimizerSettings.Kind.ADAM,
                        OptimizerSettings.TableUpdates.DENSE,
                        0.02,
                        0.9,
                        0.999,
                        1e-8,
                        1e-5,
                        1e-5,
                        5));
        TrainingSettings usual = TrainingSettings.defaults();
        TrainingSettings training = new TrainingSettings(
                objective, 96, 5, 5, usual.decay(), new StoredNegatives(), GuidanceSchedule.defaults(), true, true);
        Model model = settings.create(WORLD.data(), new Seed(1));
        TrainedRun run = new Trainer(training, SelectivePairwise.defaults())
                .train(model, WORLD.data(), WORLD.teacher(), WORLD.slices(), new Seed(2), TrainingListener.SILENT);
        List<EpochRecord> epochs = run.epochs();
        assertThat(epochs.get(epochs.size() - 1).objectiveLoss())
                .isLessThan(epochs.get(0).objectiveLoss());
        assertThat(run.validation().auc().value().orElseThrow()).isGreaterThan(0.72);
    }
}

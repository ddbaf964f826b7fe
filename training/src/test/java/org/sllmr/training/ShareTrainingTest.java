// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.StepChange;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.Kind;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.guidance.None;
import org.sllmr.training.negatives.DrawnNegatives;
import org.sllmr.training.objective.BayesianPersonalizedRanking;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.Objective;

class ShareTrainingTest {
    private static final World WORLD = World.small(5);
    private static final Seed SEED = new Seed(2);
    private static final Seed MODEL_SEED = new Seed(1);

    private static ModelSettings model(String backbone, Kind kind, TableUpdates updates) {
        ModelSettings defaults = ModelSettings.defaults();
        return new ModelSettings(
                defaults.schema(),
                8,
                defaults.initialization(),
                defaults.linearInitialization(),
                Backbones.named(backbone).defaults(),
                new OptimizerSettings(kind, updates, 0.02, 0.9, 0.999, 1e-8, 1e-3, 1e-5, 5));
    }

    private static TrainingSettings training(Objective objective) {
        return training(objective, 32);
    }

    private static TrainingSettings training(Objective objective, int batchSize) {
        return new TrainingSettings(
                objective,
                batchSize,
                3,
                3,
                new PlateauDecay(0.5, 1, 1e-6),
                new DrawnNegatives(2),
                GuidanceSchedule.defaults(),
                true,
                false);
    }

    /** As many workers, each with a model of its own that lives on from round to round. */
    private static EpochTraining workers(
            TrainingSettings settings, ModelSettings of, Model model, int workers, int stepsPerRound) {
        List<Model> own = IntStream.range(0, workers)
                .mapToObj(worker -> of.create(WORLD.data(), MODEL_SEED))
                .toList();
        List<ShareTraining> shares = own.stream()
                .map(worker -> new ShareTraining(settings, worker, WORLD.data(), SEED, MODEL_SEED))
                .toList();
        return epoch -> {
            List<StepLosses> losses = new ArrayList<>();
            int steps = Integer.MAX_VALUE;
            for (int first = 0; first < steps; first += stepsPerRound) {
                List<StepChange> changes = new ArrayList<>();
                for (int worker = 0; worker < workers; worker++) {
                    own.get(worker).learningRate(model.learningRate());
                    ShareTraining.Round round =
                            shares.get(worker).train(new Share(worker, workers), epoch, first, stepsPerRound);
                    changes.add(round.change());
                    losses.add(round.losses());
                    steps = round.stepsOfEpoch();
                }
                StepChange together = model.apply(changes);
                own.forEach(worker -> worker.apply(together));
            }
            return EpochLoss.of(losses, 1);
        };
    }

    private static TrainedRun train(TrainingSettings settings, Model model, EpochTraining steps)
            throws InterruptedException {
        return new Trainer(settings, None.defaults())
                .train(model, WORLD.data(), WORLD.slices(), SEED, TrainingListener.SILENT, null, steps);
    }

    @ParameterizedTest
    @CsvSource({
        "dcnv2, ADAM, DENSE, 1",
        "dcnv2, ADAM, DENSE, 4",
        "din, ADAMW, DENSE, 1000",
        "deepfm, ADAM, SPARSE, 5",
        "lightgcn, ADAM, DENSE, 7"
    })
    void oneWorkerHasTheBitsOfATrainingWithoutShares(
            String backbone, Kind kind, TableUpdates updates, int stepsPerRound) throws InterruptedException {
        TrainingSettings settings = training(BinaryCrossEntropy.defaults());
        ModelSettings of = model(backbone, kind, updates);
        Model one = of.create(WORLD.data(), MODEL_SEED);
        TrainedRun alone = new Trainer(settings, None.defaults())
                .train(one, WORLD.data(), null, WORLD.slices(), SEED, TrainingListener.SILENT);
        Model other = of.create(WORLD.data(), MODEL_SEED);
        TrainedRun shared = train(settings, other, workers(settings, of, other, 1, stepsPerRound));

        assertThat(shared.bestEpoch()).isEqualTo(alone.bestEpoch());
        for (int epoch = 0; epoch < alone.epochs().size(); epoch++) {
            assertThat(shared.epochs().get(epoch).objectiveLoss())
                    .isEqualTo(alone.epochs().get(epoch).objectiveLoss());
            assertThat(shared.epochs().get(epoch).validation())
                    .isEqualTo(alone.epochs().get(epoch).validation());
        }
        requireSameState(other, one);
    }

    @ParameterizedTest
    @CsvSource({
        "dcnv2, ADAM, DENSE, 3, 4",
        "din, ADAMW, DENSE, 4, 1",
        "deepfm, ADAM, SPARSE, 2, 5",
        "lightgcn, ADAM, DENSE, 3, 2"
    })
    void sparseChangesHaveTheBitsOfWholeStates(
            String backbone, Kind kind, TableUpdates updates, int workers, int stepsPerRound)
            throws InterruptedException {
        for (Objective objective : List.of(BinaryCrossEntropy.defaults(), BayesianPersonalizedRanking.defaults())) {
            TrainingSettings settings = training(objective);
            ModelSettings of = model(backbone, kind, updates);
            Model fast = of.create(WORLD.data(), MODEL_SEED);
            TrainedRun one = train(settings, fast, workers(settings, of, fast, workers, stepsPerRound));
            Model slow = of.create(WORLD.data(), MODEL_SEED);
            TrainedRun other = train(
                    settings,
                    slow,
                    new SharesInTurn(
                            settings,
                            () -> of.create(WORLD.data(), MODEL_SEED),
                            slow,
                            WORLD.data(),
                            SEED,
                            MODEL_SEED,
                            workers,
                            stepsPerRound));

            assertThat(one.epochs()).hasSameSizeAs(other.epochs());
            assertThat(one.validation()).isEqualTo(other.validation());
            requireSameState(fast, slow);
        }
    }

    private static void requireSameState(Model one, Model other) {
        assertThat(one.state().steps()).isEqualTo(other.state().steps());
        for (int block = 0; block < one.state().blocks().size(); block++) {
            assertThat(one.state().blocks().get(block))
                    .as("block " + block)
                    .isEqualTo(other.state().blocks().get(block));
        }
    }

    @Test
    void sharesHaveEverySampleOnceInEquallyManySteps() {
        TrainingSettings settings = training(BinaryCrossEntropy.defaults());
        Samples all = settings.negatives().samples(WORLD.data(), SEED);
        for (int workers : new int[] {1, 2, 3, 7}) {
            int samples = 0;
            boolean[] users = new boolean[WORLD.data().log().users()];
            int steps = -1;
            for (int worker = 0; worker < workers; worker++) {
                Share share = new Share(worker, workers);
                Samples own = share.select(all);
                assertThat(own.size()).isLessThanOrEqualTo(share.largest(all));
                SampleOrder order = new SampleOrder(own, settings);
                order.cut(share.largest(all), workers);
                assertThat(steps).isIn(-1, order.batches());
                steps = order.batches();
                int[] visited = IntStream.range(0, steps)
                        .mapToObj(order::batch)
                        .peek(batch -> assertThat(batch.length).isBetween(1, settings.batchSize() / workers))
                        .flatMapToInt(Arrays::stream)
                        .toArray();
                assertThat(visited)
                        .containsExactly(IntStream.range(0, own.size()).toArray());
                samples += visited.length;
                for (int user :
                        Arrays.stream(own.instances().users()).distinct().toArray()) {
                    assertThat(users[user]).isFalse();
                    users[user] = true;
                }
            }
            assertThat(samples).isEqualTo(all.size());
        }
    }

    @Test
    void moreWorkersThanSamplesAllowAreRefused() {
        TrainingSettings settings = training(BinaryCrossEntropy.defaults(), 1024);
        Model model = model("dcnv2", Kind.ADAM, TableUpdates.DENSE).create(WORLD.data(), MODEL_SEED);
        ShareTraining training = new ShareTraining(settings, model, WORLD.data(), SEED, MODEL_SEED);
        int workers = WORLD.data().log().users() + 1;

        assertThatThrownBy(() -> training.train(new Share(workers - 1, workers), 1, 0, 10))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("workers: are " + workers + ", and one has 0 samples for the ")
                .hasMessageContaining("choose fewer workers");
    }

    @Test
    void changesOfOtherStepsAreRefused() throws InterruptedException {
        TrainingSettings settings = training(BinaryCrossEntropy.defaults());
        ModelSettings of = model("dcnv2", Kind.ADAM, TableUpdates.DENSE);
        Model model = of.create(WORLD.data(), MODEL_SEED);
        ShareTraining training = new ShareTraining(settings, model, WORLD.data(), SEED, MODEL_SEED);
        StepChange first = training.train(new Share(0, 2), 1, 0, 3).change();
        StepChange second = training.train(new Share(0, 2), 1, 3, 2).change();

        assertThat(first.since()).isZero();
        assertThat(second.steps()).isEqualTo(5);
        Model late = of.create(WORLD.data(), MODEL_SEED);
        assertThatThrownBy(() -> of.create(WORLD.data(), MODEL_SEED).apply(List.of(first, second)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different steps");
        assertThatThrownBy(() -> late.apply(second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a model that has made 0");
        late.apply(first);
        late.apply(second);
        requireSameState(late, model);
    }
}

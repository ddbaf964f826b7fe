// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.model.Backbones;
import org.sllmr.model.Model;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.checkpoint.CheckpointFile;
import org.sllmr.training.gate.AlignedGateSettings;
import org.sllmr.training.gate.CalibratedGateSettings;
import org.sllmr.training.gate.GateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.gate.NormalizedGateSettings;
import org.sllmr.training.gate.RandomGateSettings;
import org.sllmr.training.guidance.CalibratedPairwise;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.guidance.HingeSettings;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.RowSettings;

/** A resumed training gives the bits of one that was never stopped. */
class CheckpointTest {
    private static final World WORLD = World.of(80, 45, 1, new Seed(5));

    private static final TeacherTable TEACHER = WORLD.holdingOut();

    @TempDir
    Path folder;

    static List<String> backbones() {
        return Backbones.all().stream().map(Backbones.Entry::name).toList();
    }

    @ParameterizedTest
    @MethodSource("backbones")
    void resumesWithTheSameBits(String backbone) throws Exception {
        boolean propagates = Backbones.named(backbone).defaults().propagation().isPresent();
        for (OptimizerSettings.TableUpdates updates : OptimizerSettings.TableUpdates.values()) {
            if (propagates && updates == OptimizerSettings.TableUpdates.SPARSE) {
                continue; // Not allowed: every step moves all rows.
            }
            ModelSettings model = model(backbone, updates);
            Outcome straight = train(model, 3, SelectivePairwise.defaults(), null);
            CheckpointFile checkpoint = new CheckpointFile(folder.resolve(updates + ".checkpoint"), "same");
            for (int epochs : new int[] {1, 2}) {
                train(model, epochs, SelectivePairwise.defaults(), checkpoint);
            }
            Outcome resumed = train(model, 3, SelectivePairwise.defaults(), checkpoint);
            assertThat(resumed.numbers()).as("%s", updates).isEqualTo(straight.numbers());
            assertThat(resumed.logits()).as("%s", updates).containsExactly(straight.logits());
        }
    }

    @Test
    void keepsTheBestWeightsOfAnEarlierEpoch() throws Exception {
        ModelSettings model = model("deepfm", OptimizerSettings.TableUpdates.DENSE);
        Outcome straight = train(model, 40, None.defaults(), null);
        int last = straight.run().epochs().size();
        assertThat(straight.run().bestEpoch()).as("patience ran out").isLessThan(last);
        CheckpointFile checkpoint = new CheckpointFile(folder.resolve("best.checkpoint"), "same");
        train(model, last - 1, None.defaults(), checkpoint);
        assertThat(train(model, 40, None.defaults(), checkpoint).logits()).containsExactly(straight.logits());
        assertThat(train(model, 40, None.defaults(), checkpoint).logits())
                .as("a training that has ended is not trained further")
                .containsExactly(straight.logits());
    }

    static List<GateSettings> gates() {
        return List.of(
                new JointGateSettings(0, 1, 0, 0, 1e-2),
                CalibratedGateSettings.defaults(),
                new AlignedGateSettings(2, 64, 64, 1),
                NormalizedGateSettings.defaults(),
                RandomGateSettings.defaults());
    }

    @ParameterizedTest
    @MethodSource("gates")
    void everyGateResumesWithTheSameBits(GateSettings gate) throws Exception {
        ModelSettings model = model("deepfm", OptimizerSettings.TableUpdates.DENSE);
        SelectivePairwise guidance = new SelectivePairwise(
                0.1, PairSettings.defaults(), HingeSettings.defaults(), SignalSettings.defaults(), gate);
        Outcome straight = train(model, 4, guidance, null);
        CheckpointFile checkpoint = new CheckpointFile(folder.resolve("gate.checkpoint"), "same");
        train(model, 2, guidance, checkpoint);
        Outcome resumed = train(model, 4, guidance, checkpoint);
        assertThat(resumed.logits()).containsExactly(straight.logits());
        assertThat(resumed.numbers()).isEqualTo(straight.numbers());
    }

    @ParameterizedTest(name = "{0} guided epochs")
    @ValueSource(ints = {0, 3})
    void resumesDuringAndAfterTheReferenceTraining(int guidedEpochs) throws Exception {
        ModelSettings model = model("deepfm", OptimizerSettings.TableUpdates.DENSE);
        CalibratedPairwise guidance = new CalibratedPairwise(
                3, new RowSettings(24, 4), 1, 0, true, false, NewItems.UNPOPULAR, 3, guidedEpochs, true);
        Outcome straight = train(model, 4, guidance, null);
        for (int stopAfter : new int[] {1, 3, 5}) {
            CheckpointFile checkpoint = new CheckpointFile(folder.resolve(stopAfter + ".checkpoint"), "same");
            assertThatThrownBy(() -> train(model, 4, guidance, checkpoint, new StopAfter(stopAfter)))
                    .isInstanceOf(StopAfter.Stopped.class);
            Outcome resumed = train(model, 4, guidance, checkpoint);
            assertThat(resumed.logits()).as("stopped after %d", stopAfter).containsExactly(straight.logits());
            assertThat(resumed.numbers()).isEqualTo(straight.numbers());
            checkpoint.delete();
            assertThat(folder).isEmptyDirectory();
        }
    }

    /** Stops a training at the first step after so many epochs, those of the backbone alone included. */
    private static final class StopAfter implements TrainingListener {
        private int left;

        StopAfter(int epochs) {
            this.left = epochs;
        }

        @Override
        public void epoch(EpochRecord epoch) {
            left--;
        }

        @Override
        public void step(StepProgress step) {
            if (left <= 0) {
                throw new Stopped();
            }
        }

        @Override
        public TrainingListener reference() {
            return this;
        }

        static final class Stopped extends RuntimeException {
            private static final long serialVersionUID = 1;
        }
    }

    @Test
    void refusesAnotherTrainingsCheckpoint() throws Exception {
        Path file = folder.resolve("a.checkpoint");
        ModelSettings model = model("mf", OptimizerSettings.TableUpdates.DENSE);
        train(model, 2, None.defaults(), new CheckpointFile(file, "one"));
        assertThat(new CheckpointFile(file, "one").load()).isPresent();
        assertThatThrownBy(() -> new CheckpointFile(file, "other").load())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + ": is the checkpoint of a stopped training of other settings");
        new CheckpointFile(file, "one").delete();
        assertThat(Files.exists(file)).isFalse();
    }

    private record Outcome(TrainedRun run, float[] logits) {
        /** Everything except the times, which differ. */
        List<Object> numbers() {
            List<Object> numbers = new ArrayList<>(List.of(run.bestEpoch(), run.stopped()));
            for (EpochRecord epoch : run.epochs()) {
                numbers.addAll(Arrays.asList(
                        epoch.epoch(),
                        epoch.objectiveLoss(),
                        epoch.guidanceLoss(),
                        epoch.learningRate(),
                        epoch.validation(),
                        epoch.guidance(),
                        epoch.best()));
            }
            return numbers;
        }
    }

    private static Outcome train(ModelSettings settings, int epochs, Guidance guidance, @Nullable Checkpoint checkpoint)
            throws InterruptedException, IOException {
        return train(settings, epochs, guidance, checkpoint, TrainingListener.SILENT);
    }

    private static Outcome train(
            ModelSettings settings,
            int epochs,
            Guidance guidance,
            @Nullable Checkpoint checkpoint,
            TrainingListener listener)
            throws InterruptedException, IOException {
        TrainingSettings usual = TrainingSettings.defaults();
        TrainingSettings training = new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                64,
                epochs,
                4,
                new PlateauDecay(0.5, 1, 1e-6),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                usual.shuffle(),
                true);
        Model model = settings.create(WORLD.data(), new Seed(1));
        TrainedRun run = new Trainer(training, guidance)
                .train(model, WORLD.data(), TEACHER, WORLD.slices(), new Seed(2), listener, checkpoint);
        return new Outcome(
                run,
                model.score(
                        WORLD.data().log(), WORLD.data().validation().samples().instances()));
    }

    private static ModelSettings model(String backbone, OptimizerSettings.TableUpdates updates) {
        ModelSettings defaults = ModelSettings.defaults();
        return new ModelSettings(
                defaults.schema(),
                8,
                defaults.initialization(),
                defaults.linearInitialization(),
                Backbones.named(backbone).defaults(),
                new OptimizerSettings(OptimizerSettings.Kind.ADAM, updates, 0.02, 0.9, 0.999, 1e-8, 1e-5, 1e-5, 5));
    }
}

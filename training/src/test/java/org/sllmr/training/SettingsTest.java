// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.training.gate.CalibratedGateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.gate.NormalizedGateSettings;
import org.sllmr.training.gate.RandomGateSettings;
import org.sllmr.training.guidance.Distillation;
import org.sllmr.training.guidance.GlobalPairwise;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.guidance.HingeReduction;
import org.sllmr.training.guidance.HingeSettings;
import org.sllmr.training.guidance.Pointwise;
import org.sllmr.training.guidance.PointwiseLoss;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;
import org.sllmr.training.supervision.PairOrder;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.RowSettings;

class SettingsTest {
    private static final PlateauDecay OFF = PlateauDecay.defaults();

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                wrong("batchSize: is 0", () -> settings(0, 10, 2, OFF)),
                wrong("maxEpochs: is 0", () -> settings(1, 0, 2, OFF)),
                wrong("patience: is 0", () -> settings(1, 1, 0, OFF)),
                wrong("decay.patience: is 2", () -> settings(1, 1, 2, new PlateauDecay(0.5, 2, 0))),
                wrong("factor: is 0", () -> new PlateauDecay(0, 1, 0)),
                wrong("factor: is 1.5", () -> new PlateauDecay(1.5, 1, 0)),
                wrong("patience: is 0", () -> new PlateauDecay(1, 0, 0)),
                wrong("lowest: is -1", () -> new PlateauDecay(1, 1, -1)),
                wrong("maxPairs: is 0", () -> PairSettings.of(0, 1, 2)),
                wrong("pairsPerUser: is 0", () -> PairSettings.of(1, 0, 2)),
                wrong("candidatesPerUser: is 1", () -> PairSettings.of(1, 1, 1)),
                wrong("maxRows: is 0", () -> new RowSettings(0, 1)),
                wrong("rowsPerUser: is 0", () -> new RowSettings(1, 0)),
                wrong("coldBelow: is -1", () -> new SparsitySettings(-1, 0)),
                wrong("tailShare: is 1.1", () -> new SparsitySettings(0, 1.1)),
                wrong(
                        "dropoutPasses: is 1",
                        () -> new SignalSettings(SparsitySettings.defaults(), Uncertainty.ENTROPY, 1)),
                wrong("coldWeight: is NaN", () -> new JointGateSettings(Double.NaN, 0, 0, 0, 0)),
                wrong("tailWeight: is Infinity", () -> new JointGateSettings(0, 1 / 0.0, 0, 0, 0)),
                wrong("uncertaintyWeight: is NaN", () -> new JointGateSettings(0, 0, Double.NaN, 0, 0)),
                wrong("bias: is NaN", () -> new JointGateSettings(0, 0, 0, Double.NaN, 0)),
                wrong("learningRate: is 2", () -> new JointGateSettings(0, 0, 0, 0, 2)),
                wrong("ridge: is 0", () -> new CalibratedGateSettings(0)),
                wrong("ridge: is Infinity", () -> new CalibratedGateSettings(1 / 0.0)),
                wrong("budget: is 0", () -> new NormalizedGateSettings(0, JointGateSettings.defaults())),
                wrong("budget: is 1.5", () -> new NormalizedGateSettings(1.5, JointGateSettings.defaults())),
                wrong("mean: is -0.1", () -> new RandomGateSettings(-0.1)),
                wrong("minDifference: is 1.1", () -> pairs(1.1, 0)),
                wrong("minRelativeDifference: is -1", () -> pairs(0, -1)),
                wrong("margin: is -1", () -> new HingeSettings(-1, false, 1, HingeReduction.SUM)),
                wrong("hardestShare: is 0", () -> new HingeSettings(1, false, 0, HingeReduction.SUM)),
                wrong("hardestShare: is 1.5", () -> new HingeSettings(1, false, 1.5, HingeReduction.SUM)),
                wrong(
                        "lambda: is -0.1",
                        () -> new GlobalPairwise(-0.1, PairSettings.defaults(), HingeSettings.defaults())),
                wrong(
                        "watch: is 'loss'",
                        () -> new TrainingSettings(
                                BinaryCrossEntropy.defaults(),
                                128,
                                10,
                                "loss",
                                2,
                                PlateauDecay.defaults(),
                                new StoredNegatives(),
                                GuidanceSchedule.defaults(),
                                true,
                                true)),
                wrong(
                        "lambda: is NaN",
                        () -> new SelectivePairwise(
                                Double.NaN,
                                PairSettings.defaults(),
                                HingeSettings.defaults(),
                                SignalSettings.defaults(),
                                JointGateSettings.defaults())),
                wrong(
                        "lambda: is -1",
                        () -> new Pointwise(-1, RowSettings.defaults(), PointwiseLoss.MEAN_SQUARED_ERROR)),
                wrong("lambda: is -1", () -> new Distillation(-1, 2, RowSettings.defaults())),
                wrong("temperature: is 0", () -> new Distillation(0.1, 0, RowSettings.defaults())));
    }

    private static Arguments wrong(String problem, ThrowingCallable construction) {
        return Arguments.of(problem, construction);
    }

    private static PairSettings pairs(double minDifference, double minRelativeDifference) {
        return new PairSettings(1, 1, 2, 0, minDifference, minRelativeDifference, PairOrder.LARGEST);
    }

    private static TrainingSettings settings(int batchSize, int maxEpochs, int patience, PlateauDecay decay) {
        return new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                batchSize,
                maxEpochs,
                patience,
                decay,
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void valuesOutOfRangeAreNamed(String problem, ThrowingCallable construction) {
        assertThatThrownBy(construction)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("allowed is");
    }

    @Test
    void defaultsAreThePapersWhereGiven() {
        assertThat(TrainingSettings.defaults().batchSize()).isEqualTo(128);
        assertThat(TrainingSettings.defaults().patience()).isEqualTo(2);
        assertThat(SelectivePairwise.defaults().lambda()).isEqualTo(0.1);
        assertThat(SelectivePairwise.defaults().hinge().reduction()).isEqualTo(HingeReduction.SUM);
        assertThat(JointGateSettings.defaults().learningRate()).isEqualTo(1e-3);
    }

    @Test
    void plateauDecayLowersTheRateEachTimeItsPatienceEnds() {
        PlateauDecay decay = new PlateauDecay(0.5, 2, 0.2);
        assertThat(decay.next(1, 0)).isEqualTo(1);
        assertThat(decay.next(1, 1)).isEqualTo(1);
        assertThat(decay.next(1, 2)).isEqualTo(0.5);
        assertThat(decay.next(0.5, 3)).isEqualTo(0.5);
        assertThat(decay.next(0.3, 4)).isEqualTo(0.2);
        assertThat(decay.next(0.1, 6)).as("never raised").isEqualTo(0.1);
        assertThat(OFF.next(1, 5)).isEqualTo(1);
    }
}

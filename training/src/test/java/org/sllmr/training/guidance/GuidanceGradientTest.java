// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.FiniteDifference;
import org.sllmr.training.World;
import org.sllmr.training.calibration.NewItems;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.RowSettings;
import org.sllmr.training.supervision.Supervision;

/** The gradient that each guidance adds is the derivative of the loss that it returns. */
class GuidanceGradientTest {
    private static final int SAMPLES = 16;
    private static final Resampler NEVER = () -> {
        throw new AssertionError("not asked for");
    };
    private static final PairSettings PAIRS = PairSettings.of(40, 3, 8);
    private static final RowSettings ROWS = new RowSettings(40, 3);

    private final World world = World.small(1);
    private final TeacherTable teacher = world.holdingOut();

    static Stream<Guidance> guidances() {
        HingeSettings sum = new HingeSettings(0.7, false, 1, HingeReduction.SUM);
        HingeSettings mean = new HingeSettings(0.7, false, 1, HingeReduction.MEAN);
        return Stream.of(
                new GlobalPairwise(0.4, PAIRS, sum),
                new GlobalPairwise(0.4, PAIRS, mean),
                new GlobalPairwise(0.4, PAIRS, new HingeSettings(5, true, 1, HingeReduction.MEAN)),
                new GlobalPairwise(0.4, PAIRS, new HingeSettings(0.7, false, 0.3, HingeReduction.MEAN)),
                // No weight on uncertainty: signals are constants of a step, the logits move here.
                new SelectivePairwise(
                        0.4, PAIRS, sum, SignalSettings.defaults(), new JointGateSettings(1, -1, 0, 0.3, 1e-3)),
                new Pointwise(0.4, ROWS, PointwiseLoss.MEAN_SQUARED_ERROR),
                new Pointwise(0.4, ROWS, PointwiseLoss.BINARY_CROSS_ENTROPY),
                new Distillation(0.4, 1, ROWS),
                new Distillation(0.4, 3, ROWS),
                new CalibratedPairwise(0.4, ROWS, 1, 0, true, false, NewItems.UNPOPULAR, 1, 0, false));
    }

    @ParameterizedTest
    @MethodSource("guidances")
    void gradientIsTheDerivativeOfTheLoss(Guidance guidance) {
        Supervision supervision = supervision(guidance);
        assertThat(supervision.size()).isGreaterThan(10);
        RandomGenerator random = new Seed(9).generator();
        float[] logits = new float[SAMPLES + supervision.size()];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) random.nextGaussian();
        }
        float[] gradient = new float[logits.length];
        double loss = loss(guidance, supervision, logits, gradient);
        assertThat(loss).isPositive();
        assertThat(Arrays.copyOf(gradient, SAMPLES)).as("samples").containsOnly(0f);
        double[] expected =
                FiniteDifference.gradient(logits, moved -> loss(guidance, supervision, moved, new float[moved.length]));
        // A pair that crosses its kink within the step moves the difference by at most its slope of 0.4.
        int off = 0;
        for (int row = 0; row < gradient.length; row++) {
            off += Math.abs(gradient[row] - expected[row]) > 1e-4 ? 1 : 0;
            assertThat((double) gradient[row]).isCloseTo(expected[row], within(0.4));
        }
        assertThat(off).as("rows at a kink").isLessThan(gradient.length / 10);
    }

    private double loss(Guidance guidance, Supervision supervision, float[] logits, float[] gradient) {
        return regularizer(guidance).apply(supervision, logits, gradient, NEVER);
    }

    private Regularizer regularizer(Guidance guidance) {
        return RandomReference.to(guidance.regularizer(world.data(), teacher));
    }

    private Supervision supervision(Guidance guidance) {
        Instances samples = world.data().training().instances().slice(0, SAMPLES * 10);
        return guidance.regularizer(world.data(), teacher).select(samples, new Seed(4));
    }

    @ParameterizedTest
    @MethodSource("guidances")
    void addsToTheGradient(Guidance guidance) {
        Supervision supervision = supervision(guidance);
        float[] logits = new float[supervision.size()];
        float[] gradient = new float[logits.length];
        loss(guidance, supervision, logits, gradient);
        float[] onTop = new float[logits.length];
        Arrays.fill(onTop, 1);
        loss(guidance, supervision, logits, onTop);
        for (int row = 0; row < logits.length; row++) {
            assertThat(onTop[row]).isCloseTo(1 + gradient[row], within(1e-6f));
        }
    }

    static Stream<Uncertainty> uncertainties() {
        return Stream.of(Uncertainty.values());
    }

    @ParameterizedTest
    @MethodSource("uncertainties")
    void uncertaintyOpensTheGateButPassesNoGradient(Uncertainty uncertainty) {
        SelectivePairwise guidance = new SelectivePairwise(
                0.4,
                PAIRS,
                new HingeSettings(0.7, false, 1, HingeReduction.SUM),
                new SignalSettings(SparsitySettings.defaults(), uncertainty, 2),
                new JointGateSettings(0, 0, 3, -1, 1e-3));
        Supervision supervision = supervision(guidance);
        RandomGenerator random = new Seed(11).generator();
        float[] logits = new float[SAMPLES + supervision.size()];
        float[] other = new float[logits.length];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) random.nextGaussian();
            other[row] = (float) random.nextGaussian();
        }
        float[] gradient = new float[logits.length];
        Regularizer regularizer = guidance.regularizer(world.data(), teacher);
        regularizer.apply(supervision, logits, gradient, () -> other);
        GuidanceReport report = regularizer.report();
        // Every violated pair pushes one row up as far as the other down, by lambda times its gate and no more.
        double pushed = 0;
        double net = 0;
        for (float slope : gradient) {
            net += slope;
            pushed += Math.abs(slope);
        }
        assertThat(net).isCloseTo(0, within(1e-5));
        double pairs = report.pairs().orElseThrow().perStep();
        assertThat(pushed).isPositive().isLessThanOrEqualTo(2 * 0.4 * pairs);
        assertThat(report.pairs().orElseThrow().meanGate()).isBetween(0.2689, 0.8808);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.training.World;
import org.sllmr.training.gate.GateReport;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.Sparsity;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;
import org.sllmr.training.supervision.PairSettings;
import org.sllmr.training.supervision.Supervision;

class PairwiseRegularizerTest {
    private static final PairSettings PAIRS = PairSettings.of(50, 2, 8);
    private static final Resampler NEVER = () -> {
        throw new AssertionError("not asked for");
    };

    private final World world = World.small(2);

    /** The paper's formulas, pair by pair, implemented independently. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheFormulaWrittenOut(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double margin = random.nextDouble(0, 2);
        double lambda = random.nextDouble(0.01, 1);
        double[] w = random.doubles(4, -1, 1).toArray();
        SignalSettings signals = new SignalSettings(SparsitySettings.defaults(), Uncertainty.CONFIDENCE, 2);
        JointGateSettings gate = new JointGateSettings(w[0], w[1], w[2], w[3], 1e-2);
        Sparsity sparsity = Sparsity.of(world.data(), SparsitySettings.defaults());
        for (HingeReduction reduction : HingeReduction.values()) {
            SelectivePairwise guidance =
                    new SelectivePairwise(lambda, PAIRS, new HingeSettings(margin, false, 1, reduction), signals, gate);
            Regularizer regularizer = guidance.regularizer(world.data(), world.teacher());
            Supervision supervision = regularizer.select(batch(), new Seed(seed));
            float[] logits = gaussian(random, supervision.size() + 5);
            int pairs = supervision.pairs().size();
            double expected = 0;
            double hingeSum = 0;
            double gateSum = 0;
            int violated = 0;
            int reversed = 0;
            for (int pair = 0; pair < pairs; pair++) {
                int i = supervision.pairs().preferred()[pair];
                int j = supervision.pairs().other()[pair];
                double alpha = (alpha(w, sparsity, supervision.rows(), i, logits[5 + i])
                                + alpha(w, sparsity, supervision.rows(), j, logits[5 + j]))
                        / 2;
                double hinge = Math.max(0, margin - (logits[5 + i] - (double) logits[5 + j]));
                expected += alpha * hinge;
                hingeSum += hinge;
                gateSum += alpha;
                violated += hinge > 0 ? 1 : 0;
                reversed += logits[5 + i] < logits[5 + j] ? 1 : 0;
            }
            double loss = regularizer.apply(supervision, logits, new float[logits.length], NEVER);
            assertThat(loss)
                    .isCloseTo(
                            lambda * expected / (reduction == HingeReduction.MEAN ? pairs : 1), within(1e-6 * pairs));
            GuidanceReport.PairReport report = regularizer.report().pairs().orElseThrow();
            assertThat(report.perStep()).isEqualTo(pairs);
            assertThat(report.meanHinge()).isCloseTo(hingeSum / pairs, within(1e-9));
            assertThat(report.meanGate()).isCloseTo(gateSum / pairs, within(1e-6));
            assertThat(report.violatedShare()).isEqualTo((double) violated / pairs);
            assertThat(report.reversedShare()).isEqualTo((double) reversed / pairs);
        }
    }

    private static double alpha(double[] w, Sparsity sparsity, Instances rows, int row, double logit) {
        double cold = sparsity.cold(rows.users()[row]) ? 1 : 0;
        double tail = sparsity.tail(rows.items()[row]) ? 1 : 0;
        double p = Logistic.sigmoid(logit);
        double q = 1 - Math.max(p, 1 - p);
        return Logistic.sigmoid(w[0] * cold + w[1] * tail + w[2] * q + w[3]);
    }

    @Test
    void gateLearnsOnceAStepFromPairsOnly() {
        SelectivePairwise guidance = SelectivePairwise.defaults();
        Regularizer regularizer = guidance.regularizer(world.data(), world.teacher());
        assertThat(regularizer.apply(Supervision.NONE, new float[3], new float[3], NEVER))
                .isZero();
        assertThat(parameters(regularizer)).containsOnly(0.0);
        Supervision supervision = regularizer.select(batch(), new Seed(1));
        float[] logits = new float[supervision.size()];
        regularizer.apply(supervision, logits, new float[logits.length], NEVER);
        // Adam's first step is the learning rate, against the sign of the gradient.
        assertThat(parameters(regularizer).get(3)).isCloseTo(-1e-3, within(1e-8));
    }

    @Test
    void lambdaZeroChangesNothing() {
        SelectivePairwise guidance = new SelectivePairwise(
                0, PAIRS, HingeSettings.defaults(), SignalSettings.defaults(), JointGateSettings.defaults());
        Regularizer regularizer = guidance.regularizer(world.data(), world.teacher());
        Supervision supervision = regularizer.select(batch(), new Seed(1));
        float[] gradient = new float[supervision.size()];
        assertThat(regularizer.apply(supervision, new float[gradient.length], gradient, NEVER))
                .isZero();
        for (float slope : gradient) {
            assertThat(slope).isZero();
        }
        assertThat(parameters(regularizer)).containsOnly(0.0);
    }

    @Test
    void aFullyOpenGateEqualsGlobalPairwise() {
        SelectivePairwise open = new SelectivePairwise(
                0.2,
                PAIRS,
                HingeSettings.defaults(),
                SignalSettings.defaults(),
                new JointGateSettings(0, 0, 0, 100, 0));
        GlobalPairwise global = new GlobalPairwise(0.2, PAIRS, HingeSettings.defaults());
        Regularizer first = open.regularizer(world.data(), world.teacher());
        Regularizer second = global.regularizer(world.data(), world.teacher());
        Supervision supervision = first.select(batch(), new Seed(6));
        float[] logits = gaussian(new Seed(6).generator(), supervision.size());
        float[] gradient = new float[logits.length];
        float[] expected = new float[logits.length];
        assertThat(first.apply(supervision, logits, gradient, NEVER))
                .isEqualTo(second.apply(second.select(batch(), new Seed(6)), logits, expected, NEVER));
        assertThat(gradient).isEqualTo(expected);
    }

    @Test
    void onlyTheHardestPairsCount() {
        HingeSettings hinge = new HingeSettings(2, false, 0.25, HingeReduction.MEAN);
        Regularizer regularizer = new GlobalPairwise(0.2, PAIRS, hinge).regularizer(world.data(), world.teacher());
        Supervision supervision = regularizer.select(batch(), new Seed(6));
        float[] logits = gaussian(new Seed(6).generator(), supervision.size());
        float[] gradient = new float[logits.length];
        double loss = regularizer.apply(supervision, logits, gradient, NEVER);
        List<Integer> falling = IntStream.range(0, supervision.pairs().size())
                .boxed()
                .sorted(Comparator.comparing(pair -> difference(supervision, logits, pair)))
                .toList();
        int counting = (falling.size() + 3) / 4;
        double expected = 0;
        float[] slopes = new float[logits.length];
        for (int pair : falling.subList(0, counting)) {
            double missing = 2 - difference(supervision, logits, pair);
            assertThat(missing).as("the hardest quarter is wrong").isGreaterThan(2);
            expected += 0.2 * missing / counting;
            slopes[supervision.pairs().preferred()[pair]] -= (float) (0.2 / counting);
            slopes[supervision.pairs().other()[pair]] += (float) (0.2 / counting);
        }
        assertThat(loss).isCloseTo(expected, within(1e-9));
        for (int row = 0; row < slopes.length; row++) {
            assertThat(gradient[row]).isCloseTo(slopes[row], within(1e-7f));
        }
    }

    private static double difference(Supervision supervision, float[] logits, int pair) {
        return (double) logits[supervision.pairs().preferred()[pair]]
                - logits[supervision.pairs().other()[pair]];
    }

    private static List<Double> parameters(Regularizer regularizer) {
        return regularizer.report().gate().orElseThrow().parameters().stream()
                .map(GateReport.Parameter::value)
                .toList();
    }

    private Instances batch() {
        return world.data().training().instances().slice(0, 200);
    }

    private static float[] gaussian(RandomGenerator random, int rows) {
        float[] logits = new float[rows];
        for (int row = 0; row < rows; row++) {
            logits[row] = (float) random.nextGaussian();
        }
        return logits;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.evaluation.Region;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

class JointGateTest {
    private static final Signals SIGNALS =
            new Signals(new float[] {1, 1, 0, 0}, new float[] {0, 1, 0, 1}, new float[] {0.2f, 0.9f, 0, 1});
    private static final Pairs PAIRS =
            new Pairs(new int[] {0, 2, 0}, new int[] {1, 3, 2}, new float[] {0.3f, 0.2f, 0.1f});

    private static final Supervision SUPERVISION =
            new Supervision(new Instances(new int[4], new int[4], new int[4]), new float[4], PAIRS);

    @Test
    void followsTheFormula() {
        JointGate gate = new JointGate(new JointGateSettings(0.5, -1, 2, 0.25, 1e-3));
        double[] rows = {
            Logistic.sigmoid(0.5 + 2 * 0.2f + 0.25),
            Logistic.sigmoid(0.5 - 1 + 2 * 0.9f + 0.25),
            Logistic.sigmoid(0.25),
            Logistic.sigmoid(-1 + 2 + 0.25)
        };
        assertThat(gate.open(SUPERVISION, new float[4], SIGNALS))
                .containsExactly((float) ((rows[0] + rows[1]) / 2), (float) ((rows[2] + rows[3]) / 2), (float)
                        ((rows[0] + rows[2]) / 2));
        assertThat(gate.report().regions())
                .containsExactly(
                        new GateReport.RegionMean(Region.COLD_TAIL, rows[1], 1),
                        new GateReport.RegionMean(Region.COLD_HEAD, rows[0], 1),
                        new GateReport.RegionMean(Region.WARM_TAIL, rows[3], 1),
                        new GateReport.RegionMean(Region.WARM_HEAD, rows[2], 1));
        assertThat(gate.report().regions()).as("starts again").isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void gradientIsTheDerivativeOfTheLoss(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double[] start = random.doubles(4, -2, 2).toArray();
        float[] hinges = {(float) random.nextDouble(), 0, (float) random.nextDouble()};
        JointGate gate = gate(start);
        gate.open(SUPERVISION, new float[4], SIGNALS);
        double[] gradient = gate.gradient(hinges);
        for (int parameter = 0; parameter < 4; parameter++) {
            double[] above = start.clone();
            double[] below = start.clone();
            above[parameter] += 0.01;
            below[parameter] -= 0.01;
            assertThat(gradient[parameter]).isCloseTo((loss(above, hinges) - loss(below, hinges)) / 0.02, within(1e-4));
        }
    }

    private static JointGate gate(double[] start) {
        return new JointGate(new JointGateSettings(start[0], start[1], start[2], start[3], 1e-3));
    }

    private static double loss(double[] parameters, float[] hinges) {
        float[] gates = gate(parameters).open(SUPERVISION, new float[4], SIGNALS);
        double loss = 0;
        for (int pair = 0; pair < gates.length; pair++) {
            loss += gates[pair] * hinges[pair];
        }
        return loss;
    }

    @Test
    void canOnlyClose() {
        RandomGenerator random = new Seed(5).generator();
        Gate gate = new JointGate(JointGateSettings.defaults());
        float[] before = gate.open(SUPERVISION, new float[4], SIGNALS);
        for (int step = 0; step < 500; step++) {
            // For any hinge losses, which are never negative.
            gate.learn(new float[] {random.nextFloat(), 0, random.nextFloat() / 100});
            float[] after = gate.open(SUPERVISION, new float[4], SIGNALS);
            for (int pair = 0; pair < after.length; pair++) {
                assertThat(after[pair]).as("pair %d after step %d", pair, step).isLessThan(before[pair]);
            }
            before = after;
        }
        assertThat(gate.report().parameters())
                .allSatisfy(parameter ->
                        assertThat(parameter.value()).as(parameter.name()).isNegative());
    }

    @Test
    void staysUnchangedWithoutHingeLoss() {
        Gate gate = new JointGate(new JointGateSettings(1, 2, 3, -1, 1e-3));
        gate.open(SUPERVISION, new float[4], SIGNALS);
        gate.learn(new float[3]);
        assertThat(gate.report().parameters())
                .isEqualTo(List.of(
                        new GateReport.Parameter("cold", 1),
                        new GateReport.Parameter("tail", 2),
                        new GateReport.Parameter("uncertainty", 3),
                        new GateReport.Parameter("bias", -1)));
    }
}

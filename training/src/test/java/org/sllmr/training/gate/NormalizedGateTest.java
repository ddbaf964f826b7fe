// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

class NormalizedGateTest {
    /** Rows 0 and 1 of a cold user's tail items, 2 and 3 of a warm user's popular ones, 4 and 5 between. */
    private static final Signals SIGNALS = new Signals(
            new float[] {1, 1, 0, 0, 0, 0}, new float[] {1, 1, 0, 0, 1, 0}, new float[] {0.5f, 0.25f, 0, 1, 0.75f, 0.1f
            });

    private static final Supervision SUPERVISION = new Supervision(
            new Instances(new int[6], new int[6], new int[6]),
            new float[6],
            new Pairs(new int[] {0, 2, 4}, new int[] {1, 3, 5}, new float[] {0.3f, 0.2f, 0.1f}));

    private static NormalizedGate gate(double budget, double rate, double... w) {
        return new NormalizedGate(budget, new JointGate(new JointGateSettings(w[0], w[1], w[2], w[3], rate)));
    }

    private static float[] open(Gate gate) {
        return gate.open(SUPERVISION, new float[6], SIGNALS);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theMeanGateIsTheBudgetWhateverTheParameters(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double budget = random.nextDouble(0.01, 1);
        double[] w = random.doubles(4, -3, 3).toArray();
        NormalizedGate gate = gate(budget, 1e-2, w);
        float[] inner = new JointGate(new JointGateSettings(w[0], w[1], w[2], w[3], 1e-2))
                .open(SUPERVISION, new float[6], SIGNALS);
        for (int step = 0; step < 50; step++) {
            float[] gates = open(gate);
            assertThat((gates[0] + gates[1] + gates[2]) / 3.0)
                    .as("seed %d, step %d", seed, step)
                    .isCloseTo(budget, within(1e-6));
            if (step == 0) {
                assertThat(gates[0] / gates[1]).isCloseTo(inner[0] / inner[1], within(1e-4f * inner[0] / inner[1]));
            }
            gate.learn(new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()});
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itsDerivativeAgreesWithFiniteDifferences(long seed) {
        RandomGenerator random = new Seed(seed).generator();
        double[] w = random.doubles(4, -1, 1).toArray();
        float[] hinges = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        NormalizedGate gate = gate(0.4, 1e-2, w);
        open(gate);
        double[] gradient = gate.gradient(hinges);
        for (int parameter = 0; parameter < 4; parameter++) {
            double[] above = w.clone();
            double[] below = w.clone();
            above[parameter] += 1e-2;
            below[parameter] -= 1e-2;
            assertThat(gradient[parameter])
                    .as("parameter %d", parameter)
                    .isCloseTo((loss(above, hinges) - loss(below, hinges)) / 2e-2, within(1e-4));
        }
    }

    private static double loss(double[] w, float[] hinges) {
        float[] gates = open(gate(0.4, 1e-2, w));
        double loss = 0;
        for (int pair = 0; pair < gates.length; pair++) {
            loss += (double) gates[pair] * hinges[pair];
        }
        return loss;
    }

    @Test
    void weightMovesToThePairsWithTheSmallerHinge() {
        NormalizedGate gate = gate(0.5, 1e-2, 0, 0, 0, 0);
        assertThat(open(gate)).containsExactly(0.5f, 0.5f, 0.5f);
        for (int step = 0; step < 300; step++) {
            open(gate);
            gate.learn(new float[] {0.1f, 1, 0.5f});
        }
        float[] gates = open(gate);
        assertThat(gates[0]).isGreaterThan(0.7f);
        assertThat(gates[1]).isLessThan(0.4f);
        assertThat(gate.report().parameters()).hasSize(4);
    }

    @Test
    void reportsTheNormalizedGates() {
        NormalizedGate gate = gate(0.5, 0, 2, 0, 0, -2);
        float[] gates = open(gate);
        assertThat(gate.report().regions())
                .anySatisfy(region -> assertThat(region.mean()).isCloseTo(gates[0], within(1e-7)));
        assertThat(gate.report().regions()).as("since the last report").isEmpty();
    }

    @Test
    void gatesThatAllRoundToZeroStayFinite() {
        NormalizedGate gate = gate(0.5, 1e-2, 0, 0, 0, -1000);
        assertThat(open(gate)).containsOnly(0);
        gate.learn(new float[] {1, 2, 3});
        assertThat(open(gate)).doesNotContain(Float.NaN);
    }

    @Test
    void resumesFromItsState() {
        NormalizedGate first = gate(0.5, 1e-2, 0.1, 0.2, 0.3, 0.4);
        NormalizedGate second = gate(0.5, 1e-2, 0, 0, 0, 0);
        for (int step = 0; step < 20; step++) {
            open(first);
            first.learn(new float[] {0.1f, 0.5f, 0.9f});
        }
        second.restore(first.state());
        for (int step = 0; step < 5; step++) {
            assertThat(open(second)).containsExactly(open(first));
            first.learn(new float[] {0.9f, 0.5f, 0.1f});
            second.learn(new float[] {0.9f, 0.5f, 0.1f});
        }
    }
}

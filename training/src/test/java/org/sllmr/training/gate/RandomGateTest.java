// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

class RandomGateTest {
    private static final int PAIRS = 20_000;
    private static final Signals SIGNALS = new Signals(new float[2], new float[2], new float[2]);
    private static final Supervision SUPERVISION = new Supervision(
            new Instances(new int[2], new int[2], new int[2]), new float[2], new Pairs(first(), second(), gaps()));

    private static int[] first() {
        return new int[PAIRS];
    }

    private static int[] second() {
        int[] rows = new int[PAIRS];
        Arrays.fill(rows, 1);
        return rows;
    }

    private static float[] gaps() {
        return new float[PAIRS];
    }

    private static float[] open(double mean, Seed epoch) {
        RandomGate gate = new RandomGate(mean);
        gate.beforeEpoch(start(epoch));
        return gate.open(SUPERVISION, new float[2], SIGNALS);
    }

    @Test
    void opensFullyForItsShareOfPairs() {
        for (double mean : new double[] {0, 0.2, 0.7, 1}) {
            float[] gates = open(mean, new Seed(1));
            assertThat(gates).containsAnyOf(0, 1);
            double sum = 0;
            for (float gate : gates) {
                assertThat(gate).isIn(0f, 1f);
                sum += gate;
            }
            // Four standard deviations of a share of 20,000.
            assertThat(sum / PAIRS).isCloseTo(mean, within(4 * 0.5 / Math.sqrt(PAIRS) * (mean % 1 == 0 ? 0 : 1)));
        }
    }

    @Test
    void dependsOnTheEpochsSeedOnly() {
        assertThat(open(0.5, new Seed(3))).containsExactly(open(0.5, new Seed(3)));
        assertThat(open(0.5, new Seed(3))).isNotEqualTo(open(0.5, new Seed(4)));
    }

    @Test
    void learnsNothing() {
        RandomGate gate = new RandomGate(0.5);
        gate.beforeEpoch(start(new Seed(1)));
        float[] before = gate.open(SUPERVISION, new float[2], SIGNALS);
        float[] huge = new float[PAIRS];
        Arrays.fill(huge, 1e6f);
        gate.learn(huge);
        gate.beforeEpoch(start(new Seed(1)));
        assertThat(gate.open(SUPERVISION, new float[2], SIGNALS)).containsExactly(before);
        assertThat(gate.state()).isEmpty();
        assertThat(gate.report().parameters()).isEmpty();
        assertThatThrownBy(() -> gate.restore(new double[1])).isInstanceOf(IllegalArgumentException.class);
    }

    private static EpochStart start(Seed seed) {
        return new EpochStart(1, (log, rows) -> new float[rows.size()], TasteWorld::noLookahead, seed);
    }
}

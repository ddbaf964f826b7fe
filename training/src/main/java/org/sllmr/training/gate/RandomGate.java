// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/** Opens for a random share of the pairs. */
final class RandomGate implements Gate {
    private final double mean;
    private final RegionMeans means = new RegionMeans();
    private RandomGenerator random = new Seed(1).generator();

    RandomGate(double mean) {
        this.mean = mean;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        random = start.seed().generator();
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        for (int pair = 0; pair < gates.length; pair++) {
            gates[pair] = random.nextDouble() < mean ? 1 : 0;
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        // Has no parameters.
    }

    @Override
    public GateReport report() {
        return new GateReport(List.of(), means.drain());
    }
}

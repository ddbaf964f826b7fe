// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Seed;
import org.sllmr.model.Scorer;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.Reliability;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i, j) = max(0, 2 P - 1), where P is the probability that the user prefers i to j, given what the teacher and the
 * model say of the pair and where it lies.
 *
 * <p>P comes from {@link Reliability}, fitted before each epoch. Pushing s(u, i) above s(u, j) is right with probability P and
 * wrong with 1 - P; its expected benefit, in units of the pair's hinge, is P - (1 - P) = 2 P - 1. Where that is negative the
 * pair is better left alone. As the model takes in what the teacher knows, the fit finds less and less that the teacher
 * adds to the model, and the gate closes by itself.
 */
final class CalibratedGate implements Gate {
    private final GateContext context;
    private final Comparisons comparisons;
    private final Reliability reliability;
    private final RegionMeans means = new RegionMeans();

    CalibratedGate(CalibratedGateSettings settings, GateContext context, Comparisons comparisons) {
        this.context = context;
        this.comparisons = comparisons;
        this.reliability = new Reliability(context.data(), settings.ridge());
    }

    @Override
    public boolean holdsOut() {
        return true;
    }

    @Override
    public void beforeEpoch(Scorer model, Seed epoch) {
        float[] logits = model.score(context.data().log(), comparisons.rows());
        Signals signals = context.signals().read(comparisons.rows(), logits, () -> logits);
        reliability.fit(comparisons, logits, signals);
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        for (int pair = 0; pair < gates.length; pair++) {
            int preferred = supervision.pairs().preferred()[pair];
            int other = supervision.pairs().other()[pair];
            double evidence =
                    reliability.logOdds(supervision.rows(), supervision.scores(), logits, signals, preferred, other);
            // tanh(x / 2) = 2 sigmoid(x) - 1.
            gates[pair] = (float) Math.max(0, Math.tanh(evidence / 2));
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        // Learns from held-out interactions alone: the joint loss can only close a gate.
    }

    @Override
    public GateReport report() {
        List<GateReport.Parameter> parameters = new ArrayList<>();
        double[] weights = reliability.weights();
        for (int index = 0; index < weights.length; index++) {
            parameters.add(new GateReport.Parameter(Reliability.NAMES.get(index), weights[index]));
        }
        return new GateReport(parameters, means.drain());
    }
}

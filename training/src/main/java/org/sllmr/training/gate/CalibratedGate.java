// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.Reliability;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i, j) = max(0, P - P0), where P is the probability that the user prefers i to j given teacher, model,
 * popularity and the pair's context, and P0 the same without the teacher.
 *
 * <p>With d = s(u, i) - s(u, j), the expected log loss of the pair's order, -P log sigmoid(d) - (1 - P) log
 * sigmoid(-d), has the derivative sigmoid(d) - P by d. Without the teacher it would be sigmoid(d) - P0, which the
 * samples teach anyway. The teacher adds the difference of the two, -(P - P0); a hinge above 0 adds -alpha. So with
 * alpha = P - P0 guidance adds exactly the teacher's part of the gradient. Where it is negative the teacher's order
 * misleads, and the pair is ignored.
 *
 * <p>P and P0 come from {@link Reliability}, fitted before each epoch on interactions that neither the teacher nor the
 * model has seen. As the model learns what the teacher knows, the two fits converge and the gate closes. It stays
 * closed for a teacher that adds no information to model and popularity.
 */
final class CalibratedGate implements Gate {
    private final GateContext context;
    private final Comparisons comparisons;
    private final Reliability reliability;
    private final RegionMeans means = new RegionMeans();

    CalibratedGate(CalibratedGateSettings settings, GateContext context, Comparisons comparisons) {
        this.context = context;
        this.comparisons = comparisons;
        this.reliability =
                new Reliability(context.data(), comparisons, TeacherSpread.of(context.teacher()), settings.ridge());
    }

    @Override
    public boolean holdsOut() {
        return true;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        float[] logits = start.model().score(context.data().log(), comparisons.rows());
        Signals signals = context.signals().readServing(comparisons.rows(), logits);
        reliability.fit(logits, signals);
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        float[] gates = new float[supervision.pairs().size()];
        for (int pair = 0; pair < gates.length; pair++) {
            int preferred = supervision.pairs().preferred()[pair];
            int other = supervision.pairs().other()[pair];
            double added =
                    reliability.added(supervision.rows(), supervision.scores(), logits, signals, preferred, other);
            gates[pair] = (float) Math.max(0, added);
        }
        means.addPairs(supervision.pairs(), signals, gates);
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        // Learns from held-out interactions only: the joint loss can only close a gate.
    }

    @Override
    public GateReport report() {
        return GateReport.of(Reliability.NAMES, reliability.weights(), means.drain());
    }
}

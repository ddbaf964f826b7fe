// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.teacher.TeacherSpread;
import org.sllmr.training.calibration.Comparisons;
import org.sllmr.training.calibration.Reliability;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i, j) = max(0, P - P0), where P is the probability that the user prefers i to j given what the teacher, the
 * model and popularity say and where the pair lies, and P0 the same without the teacher.
 *
 * <p>With d = s(u, i) - s(u, j), the expected log loss of the pair's order, -P log sigmoid(d) - (1 - P) log sigmoid(-d),
 * has the derivative sigmoid(d) - P by d. Somebody who does not know the teacher would follow sigmoid(d) - P0, which the
 * samples teach anyway. The teacher adds the difference of the two, -(P - P0); a hinge that is above 0 adds -alpha. So with
 * alpha = P - P0 guidance adds that part of the gradient that the teacher's knowledge is worth. Where it is negative the
 * teacher's order misleads, and the pair is left alone.
 *
 * <p>P and P0 come from {@link Reliability}, fitted before each epoch to interactions that neither the teacher nor the
 * model has seen. As the model takes in what the teacher knows, both fits come to say the same, and the gate closes. A
 * teacher who knows nothing, or nothing that the model and popularity do not say, keeps it closed.
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
        // Learns from held-out interactions alone: the joint loss can only close a gate.
    }

    @Override
    public GateReport report() {
        return GateReport.of(Reliability.NAMES, reliability.weights(), means.drain());
    }
}

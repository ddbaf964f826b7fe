// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha_p = B a_p / mean(a), where a_p is a {@link JointGate}'s value for pair p, and B the budget.
 *
 * <p>alpha can exceed 1, up to B times the number of pairs. The mean gate of a step is always B, so closing everywhere
 * gains nothing. With G = sum_p alpha_p h_p and h the hinge losses scaled by lambda, dG/da_p = (B / mean(a)) (h_p - H),
 * where H = sum_p a_p h_p / sum_p a_p: descent closes the gate where the hinge is above the gated mean and opens it
 * where it is below. So weight moves to the kinds of pairs whose order the model can learn.
 */
final class NormalizedGate implements Gate {
    private final double budget;
    private final JointGate gate;
    private final RegionMeans means = new RegionMeans();
    private float[] open = new float[0];
    private double mean;

    NormalizedGate(double budget, JointGate gate) {
        this.budget = budget;
        this.gate = gate;
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        open = gate.open(supervision, logits, signals);
        double sum = 0;
        for (float value : open) {
            sum += value;
        }
        // All sigmoids can round to 0.
        mean = Math.max(sum / Math.max(1, open.length), Float.MIN_NORMAL);
        float[] scaled = new float[open.length];
        for (int pair = 0; pair < scaled.length; pair++) {
            scaled[pair] = (float) (budget * open[pair] / mean);
        }
        means.addPairs(supervision.pairs(), signals, scaled);
        return scaled;
    }

    @Override
    public void learn(float[] derivatives) {
        gate.learn(byOpen(derivatives));
    }

    /** Derivative of the joint loss by w and b, given its derivative by each pair's gate. */
    double[] gradient(float[] derivatives) {
        return gate.gradient(byOpen(derivatives));
    }

    /** Derivative by the joint gate's values, given that by each pair's gate. */
    private float[] byOpen(float[] derivatives) {
        double weighted = 0;
        double sum = 0;
        for (int pair = 0; pair < derivatives.length; pair++) {
            weighted += (double) open[pair] * derivatives[pair];
            sum += open[pair];
        }
        double gated = sum > 0 ? weighted / sum : 0;
        float[] byOpen = new float[derivatives.length];
        for (int pair = 0; pair < byOpen.length; pair++) {
            byOpen[pair] = (float) (budget / mean * (derivatives[pair] - gated));
        }
        return byOpen;
    }

    @Override
    public double[] state() {
        return gate.state();
    }

    @Override
    public void restore(double[] state) {
        gate.restore(state);
    }

    @Override
    public GateReport report() {
        return new GateReport(gate.report().parameters(), means.drain());
    }
}

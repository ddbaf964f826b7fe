// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

/**
 * alpha(u, i) = sigmoid(w . z(u, i) + b), and alpha(u, i, j) = (alpha(u, i) + alpha(u, j)) / 2: four parameters, learned
 * from the joint loss (paper, Section 3.3).
 *
 * <p><b>It can only close.</b> The derivative of L_LLM by a gate is the pair's hinge loss, which is never negative, so
 * every step of gradient descent lowers w . z + b on the pairs of that step, and nothing raises it again. It closes
 * more slowly where the model already follows the teacher. The paper's statement that gradients raise alpha "when
 * LLM-guided pairs reduce the hinge loss" does not follow from its formula, which is implemented here.
 */
final class JointGate implements Gate {
    private static final List<String> NAMES = List.of("cold", "tail", "uncertainty", "bias");

    /** w and, last, b. */
    private final double[] parameters;

    private final Adam adam;
    private final RegionMeans means = new RegionMeans();
    private Signals signals = new Signals(new float[0], new float[0], new float[0]);
    private Pairs pairs = new Pairs(new int[0], new int[0], new float[0]);
    private double[] rowGates = new double[0];

    JointGate(JointGateSettings settings) {
        this.parameters = new double[] {
            settings.coldWeight(), settings.tailWeight(), settings.uncertaintyWeight(), settings.bias()
        };
        this.adam = new Adam(parameters.length, settings.learningRate());
    }

    @Override
    public float[] open(Supervision supervision, float[] logits, Signals signals) {
        this.pairs = supervision.pairs();
        this.signals = signals;
        rowGates = new double[signals.size()];
        for (int row = 0; row < rowGates.length; row++) {
            rowGates[row] = Logistic.sigmoid(parameters[0] * signals.cold()[row]
                    + parameters[1] * signals.tail()[row]
                    + parameters[2] * signals.uncertainty()[row]
                    + parameters[3]);
            means.add(signals.region(row), rowGates[row]);
        }
        float[] gates = new float[pairs.size()];
        for (int pair = 0; pair < gates.length; pair++) {
            gates[pair] = (float) ((rowGates[pairs.preferred()[pair]] + rowGates[pairs.other()[pair]]) / 2);
        }
        return gates;
    }

    @Override
    public void learn(float[] derivatives) {
        adam.update(parameters, gradient(derivatives));
    }

    /** Derivative of the joint loss by w and b, given its derivative by each pair's gate. */
    double[] gradient(float[] derivatives) {
        double[] byRow = new double[rowGates.length];
        for (int pair = 0; pair < derivatives.length; pair++) {
            byRow[pairs.preferred()[pair]] += derivatives[pair] / 2;
            byRow[pairs.other()[pair]] += derivatives[pair] / 2;
        }
        double[] gradient = new double[parameters.length];
        for (int row = 0; row < byRow.length; row++) {
            double slope = byRow[row] * rowGates[row] * (1 - rowGates[row]);
            gradient[0] += slope * signals.cold()[row];
            gradient[1] += slope * signals.tail()[row];
            gradient[2] += slope * signals.uncertainty()[row];
            gradient[3] += slope;
        }
        return gradient;
    }

    @Override
    public double[] state() {
        double[] optimizer = adam.state();
        double[] state = Arrays.copyOf(parameters, parameters.length + optimizer.length);
        System.arraycopy(optimizer, 0, state, parameters.length, optimizer.length);
        return state;
    }

    @Override
    public void restore(double[] state) {
        adam.restore(Arrays.copyOfRange(state, parameters.length, state.length));
        System.arraycopy(state, 0, parameters, 0, parameters.length);
    }

    @Override
    public GateReport report() {
        return GateReport.of(NAMES, parameters, means.drain());
    }
}

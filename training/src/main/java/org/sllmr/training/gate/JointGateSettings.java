// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * The paper's gate: one layer over the signals, learned jointly with the model (Section 3.3).
 *
 * <p>As written it can only close ({@link JointGate} says why), so where it starts matters: the starting weights are all
 * the prior knowledge it will ever have.
 *
 * @param coldWeight start of w's component for Cold(u); any finite number
 * @param tailWeight start of w's component for Tail(i); any finite number
 * @param uncertaintyWeight start of w's component for q(u, i); any finite number
 * @param bias start of b; any finite number; sigmoid(b) is the gate of a warm user, a popular item and a sure model
 * @param learningRate of the gate's Adam; 0 (the gate stays where it starts) to 1; the paper's one rate for everything
 *     is 1e-3
 */
public record JointGateSettings(
        double coldWeight, double tailWeight, double uncertaintyWeight, double bias, double learningRate)
        implements GateSettings {
    /** Checks the ranges. */
    public JointGateSettings {
        new Checks()
                .require(Double.isFinite(coldWeight), "coldWeight", "is " + coldWeight + ", allowed is any number")
                .require(Double.isFinite(tailWeight), "tailWeight", "is " + tailWeight + ", allowed is any number")
                .require(
                        Double.isFinite(uncertaintyWeight),
                        "uncertaintyWeight",
                        "is " + uncertaintyWeight + ", allowed is any number")
                .require(Double.isFinite(bias), "bias", "is " + bias + ", allowed is any number")
                .between("learningRate", learningRate, 0, 1)
                .done();
    }

    /** All weights 0: every gate starts half open and no region is favoured; the paper's learning rate. */
    public static JointGateSettings defaults() {
        return new JointGateSettings(0, 0, 0, 0, 1e-3);
    }

    @Override
    public Gate create(GateContext context) {
        return new JointGate(this);
    }
}

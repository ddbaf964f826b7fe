// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * The paper's gate: one layer over the signals, learned jointly with the model (Section 3.3).
 *
 * <p>It can only close ({@link JointGate} says why), so its selection comes from the initial weights.
 *
 * @param coldWeight initial weight of Cold(u); any finite number
 * @param tailWeight initial weight of Tail(i); any finite number
 * @param uncertaintyWeight initial weight of q(u, i); any finite number
 * @param bias initial b; any finite number; sigmoid(b) is the gate of a warm user, a head item and a model that is sure
 * @param learningRate of the gate's Adam; 0 (a constant gate) to 1; the paper uses 1e-3 for all parameters
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

    /** All weights 0, so every gate starts at 1/2; the paper's learning rate. */
    public static JointGateSettings defaults() {
        return new JointGateSettings(0, 0, 0, 0, 1e-3);
    }

    @Override
    public Gate create(GateContext context) {
        return new JointGate(this);
    }
}

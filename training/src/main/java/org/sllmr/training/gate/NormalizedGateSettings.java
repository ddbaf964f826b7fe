// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * A joint gate scaled so that its mean over a step's pairs is fixed.
 *
 * @param budget mean gate of a step's pairs, above 0 up to 1
 * @param gate initial w and b, and their learning rate. b does not change the mean, but how much w differentiates
 *     pairs: a difference of x in w . z is a ratio of e^x where sigmoid(b) is near 0, and no difference where it is
 *     near 1
 */
public record NormalizedGateSettings(double budget, JointGateSettings gate) implements GateSettings {
    /** Checks the range. */
    public NormalizedGateSettings {
        new Checks()
                .require(budget > 0 && budget <= 1, "budget", "is " + budget + ", allowed is above 0 up to 1")
                .done();
    }

    /** A mean of 1/2. */
    public static NormalizedGateSettings defaults() {
        return new NormalizedGateSettings(0.5, JointGateSettings.defaults());
    }

    @Override
    public Gate create(GateContext context) {
        return new NormalizedGate(budget, (JointGate) gate.create(context));
    }
}

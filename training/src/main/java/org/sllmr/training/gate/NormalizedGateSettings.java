// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * A gate that distributes a fixed budget of supervision.
 *
 * @param budget mean gate of a step's pairs, above 0 up to 1
 * @param gate w and b at their start, and how fast they learn. b does not move the mean, but it says how far w can tell
 *     pairs apart: a difference of x in w . z is a ratio of e^x where sigmoid(b) is near 0, and none where it is near 1
 */
public record NormalizedGateSettings(double budget, JointGateSettings gate) implements GateSettings {
    /** Checks the range. */
    public NormalizedGateSettings {
        new Checks()
                .require(budget > 0 && budget <= 1, "budget", "is " + budget + ", allowed is above 0 up to 1")
                .done();
    }

    /** Half of what an open gate would let through. */
    public static NormalizedGateSettings defaults() {
        return new NormalizedGateSettings(0.5, JointGateSettings.defaults());
    }

    @Override
    public Gate create(GateContext context) {
        return new NormalizedGate(budget, (JointGate) gate.create(context));
    }
}

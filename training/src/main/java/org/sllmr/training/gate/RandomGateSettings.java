// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import org.sllmr.configuration.Checks;

/**
 * A control: each pair counts or not at random. The gain of a learned gate over a random one of the same mean comes
 * from choosing pairs.
 *
 * @param mean share of pairs that count, 0 to 1
 */
public record RandomGateSettings(double mean) implements GateSettings {
    /** Checks the range. */
    public RandomGateSettings {
        new Checks().between("mean", mean, 0, 1).done();
    }

    /** Half of the pairs. */
    public static RandomGateSettings defaults() {
        return new RandomGateSettings(0.5);
    }

    @Override
    public Gate create(GateContext context) {
        return new RandomGate(mean);
    }
}

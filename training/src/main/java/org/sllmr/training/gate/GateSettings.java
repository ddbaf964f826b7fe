// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

/** Which gate decides, and its settings. */
public sealed interface GateSettings
        permits JointGateSettings,
                CalibratedGateSettings,
                AlignedGateSettings,
                NormalizedGateSettings,
                RandomGateSettings,
                RuleGateSettings {
    /**
     * A new gate at its start.
     *
     * @param context what it may learn from
     * @throws org.sllmr.configuration.InvalidInputException if it cannot learn from this data and teacher
     */
    Gate create(GateContext context);
}

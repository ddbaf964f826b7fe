// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

/** Which gate decides, and its settings. */
public sealed interface GateSettings permits JointGateSettings {
    /** A new gate at its start. */
    Gate create();
}

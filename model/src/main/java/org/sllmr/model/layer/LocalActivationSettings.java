// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import org.sllmr.configuration.Checks;

/**
 * The local activation unit of DIN.
 *
 * @param units width of each hidden layer, 1 to 4,096; at least one
 * @param activation of the hidden layers
 * @param linearLast whether the last hidden layer has no activation
 * @param softmax whether the weights of a history are normalised to sum 1; in the paper they are not, so that the length
 *     of the sum says how strong the interest is (Section 4.3)
 */
public record LocalActivationSettings(List<Integer> units, Activation activation, boolean linearLast, boolean softmax) {
    /** Copies the list and checks the ranges. */
    public LocalActivationSettings {
        units = List.copyOf(units);
        Checks checks = new Checks().between("units.size", units.size(), 1, 16);
        for (int i = 0; i < units.size(); i++) {
            checks.between("units[" + i + "]", units.get(i), 1, 4096);
        }
        checks.done();
    }

    /** 36 units with Dice, no softmax (figure 2 of the paper). */
    public static LocalActivationSettings defaults() {
        return new LocalActivationSettings(List.of(36), Activation.DICE, false, false);
    }
}

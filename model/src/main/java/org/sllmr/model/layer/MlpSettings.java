// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import org.sllmr.configuration.Checks;

/**
 * A multilayer perceptron.
 *
 * @param units width of each layer, 1 to 65,536; empty for none
 * @param activation after each layer
 * @param dropout probability that a value is dropped after each activation, 0 to below 1
 * @param batchNorm whether each layer is batch-normalised before its activation
 */
public record MlpSettings(List<Integer> units, Activation activation, double dropout, boolean batchNorm) {
    /** Copies the list and checks the ranges. */
    public MlpSettings {
        units = List.copyOf(units);
        Checks checks = new Checks().fromBelow("dropout", dropout, 0, 1);
        for (int i = 0; i < units.size(); i++) {
            checks.between("units[" + i + "]", units.get(i), 1, 65_536);
        }
        checks.done();
    }

    /** 200 and 80 units, ReLU, dropout 0.1: the study behind the paper's baselines (LLM-CF, CIKM 2024). */
    public static MlpSettings defaults() {
        return new MlpSettings(List.of(200, 80), Activation.RELU, 0.1, false);
    }
}

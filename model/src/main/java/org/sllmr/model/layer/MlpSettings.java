// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import org.sllmr.configuration.Checks;

/**
 * A multilayer perceptron.
 *
 * @param units width of each layer, 1 to 65,536; empty for none
 * @param activation of each layer
 * @param dropout probability that a value is dropped, 0 to below 1
 * @param dropoutPlacement where values are dropped
 * @param batchNorm whether each layer is batch-normalised before its activation
 */
public record MlpSettings(
        List<Integer> units,
        Activation activation,
        double dropout,
        DropoutPlacement dropoutPlacement,
        boolean batchNorm) {
    /** Where values are dropped. */
    public enum DropoutPlacement {
        /** After each activation, so that the perceptron's input is whole: the usual order. */
        AFTER_ACTIVATION,
        /** Before each linear layer, so that the perceptron's input is thinned out and its output is whole. */
        BEFORE_LINEAR
    }

    /** Copies the list and checks the ranges. */
    public MlpSettings {
        units = List.copyOf(units);
        Checks checks = new Checks().fromBelow("dropout", dropout, 0, 1);
        for (int i = 0; i < units.size(); i++) {
            checks.between("units[" + i + "]", units.get(i), 1, 65_536);
        }
        checks.done();
    }

    /** The same, with other units. */
    public MlpSettings withUnits(List<Integer> other) {
        return new MlpSettings(other, activation, dropout, dropoutPlacement, batchNorm);
    }

    /** The same, with or without batch normalisation. */
    public MlpSettings withBatchNorm(boolean normalised) {
        return new MlpSettings(units, activation, dropout, dropoutPlacement, normalised);
    }

    /** 200 and 80 units, ReLU, dropout 0.1: the study behind the paper's baselines (LLM-CF, CIKM 2024). */
    public static MlpSettings defaults() {
        return new MlpSettings(List.of(200, 80), Activation.RELU, 0.1, DropoutPlacement.AFTER_ACTIVATION, false);
    }
}

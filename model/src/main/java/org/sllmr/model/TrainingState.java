// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;

/**
 * Everything that further training depends on, between two steps.
 *
 * @param blocks weights, moments and statistics as floats, in an order of the model's own
 * @param steps how many optimizer steps have been made
 * @param learningRate of the next step
 */
public record TrainingState(List<float[]> blocks, int steps, double learningRate) {
    /** Copies the list, not the floats. */
    public TrainingState {
        blocks = List.copyOf(blocks);
    }
}

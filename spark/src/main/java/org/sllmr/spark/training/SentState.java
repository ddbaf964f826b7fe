// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.List;
import org.sllmr.model.TrainingState;

/** The state of a training, as arrays, because each of Spark's serializers can send those. */
final class SentState implements Serializable {
    private final float[][] blocks;
    private final int steps;
    private final double learningRate;

    SentState(TrainingState state) {
        this.blocks = state.blocks().toArray(float[][]::new);
        this.steps = state.steps();
        this.learningRate = state.learningRate();
    }

    TrainingState state() {
        return new TrainingState(List.of(blocks), steps, learningRate);
    }

    /** Size of the numbers it has. */
    long bytes() {
        long floats = 0;
        for (float[] block : blocks) {
            floats += block.length;
        }
        return floats * Float.BYTES;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.List;
import org.sllmr.model.StepChange;

/** What steps have changed, as arrays, because each of Spark's serializers can send those. */
final class SentChange implements Serializable {
    private final int since;
    private final int steps;
    private final double learningRate;
    private final int[] rows;
    private final int[] counts;
    private final float[][] rowBlocks;
    private final float[][] network;

    SentChange(StepChange change) {
        this.since = change.since();
        this.steps = change.steps();
        this.learningRate = change.learningRate();
        this.rows = change.rows();
        this.counts = change.counts();
        this.rowBlocks = change.rowBlocks().toArray(float[][]::new);
        this.network = change.network().toArray(float[][]::new);
    }

    StepChange change() {
        return new StepChange(since, steps, learningRate, rows, counts, List.of(rowBlocks), List.of(network));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Optional;
import org.sllmr.configuration.ArraySize;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.batch.UniqueRows;
import org.sllmr.model.engine.RowInputs;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.DropoutMasks;

/** One of the two batches in flight: its memory is used again for the batch after next. */
final class PreparedBatch {
    /**
     * What training holds of a batch.
     *
     * @param memory the memory that the batch was prepared in
     * @param number number of the batch, by which it is told from later ones in the same memory
     */
    record Handle(PreparedBatch memory, long number) implements TrainableModel.Batch {}

    private static final float[] NO_EXAMPLES = {};

    final BatchRows rows;
    final UniqueRows unique;
    final DropoutMasks masks;
    final Optional<ExampleTokens> examples;
    /** Number of the batch that the memory holds now, from 0; -1 before the first. */
    long number = -1;

    int sampleRows;
    /** How often dropout was drawn again for this batch. */
    int resamples;

    private float[] input = new float[0];
    private float[] pairs = new float[0];

    /** Whether its rows have made their step, so that other threads may move them. */
    volatile boolean finished = true;

    PreparedBatch(BatchRows rows, UniqueRows unique, DropoutMasks masks, Optional<ExampleTokens> examples) {
        this.examples = examples;
        this.rows = rows;
        this.unique = unique;
        this.masks = masks;
    }

    /** The network's input, as large as this batch needs it. */
    float[] input() {
        input = grown(input, rows.width());
        return input;
    }

    /** The network's input of pairs, as large as this batch needs it. */
    float[] pairs() {
        pairs = grown(pairs, rows.pairWidth());
        return pairs;
    }

    /** All that the network reads. */
    RowInputs inputs() {
        return new RowInputs(input, pairs, examples.map(ExampleTokens::input).orElse(NO_EXAMPLES), rows.history());
    }

    private float[] grown(float[] array, int width) {
        int size = ArraySize.of(
                ArraySize.product(rows.rows(), width) + Products.SLACK,
                "training.batchSize",
                "floats in the inputs of a batch (" + rows.rows() + " rows of " + width + ")",
                "choose a smaller batch");
        return array.length < size ? new float[size] : array;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import org.sllmr.model.batch.HistoryRows;
import org.sllmr.model.kernel.Products;

/**
 * What a network reads of some rows; {@link Products#SLACK} floats must follow the vectors of each array.
 *
 * @param rows the rows' input: pooled embeddings, then floats that are projected
 * @param pairs what of the rows depends on user and item together; not read by a network without such an input
 * @param examples what is read of each row's examples, side by side; not read by a network without examples
 * @param history history items, in number and width as the backbone asks for them
 */
public record RowInputs(float[] rows, float[] pairs, float[] examples, HistoryRows history) {
    /** Without examples. */
    public RowInputs(float[] rows, float[] pairs, HistoryRows history) {
        this(rows, pairs, new float[0], history);
    }
}

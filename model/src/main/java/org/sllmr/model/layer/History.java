// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;

/**
 * The history items of a batch without padding: each pair says that a row has an item in its history.
 *
 * <p>Rows that share user and position share the items as well, so there can be more pairs than items. Histories are
 * short more often than not; a padded tensor would be mostly padding.
 *
 * <p>While scoring, further pairs that mean nothing fill the pairs up to whole blocks ({@link #BLOCK}): tensor operations
 * treat the end of a tensor differently from its middle, and a row's bits must not tell how many pairs there are.
 *
 * @param items embeddings {@code [items, width]}
 * @param rowOf row of each pair, {@code [pairs]} or more, ascending; the pairs of a row are in order of time
 * @param itemOf item of each pair, {@code [pairs]} or more
 * @param pairs number of pairs
 * @param samplePairs how many of them, the first ones, are of rows that are training samples
 */
public record History(Tensor items, Tensor rowOf, Tensor itemOf, int pairs, int samplePairs) {
    /** Number of pairs of a block. */
    public static final int BLOCK = 512;
}

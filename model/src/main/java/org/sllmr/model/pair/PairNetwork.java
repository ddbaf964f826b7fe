// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.pair;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A backbone for ranking: one user with many items, in three parts of which only the last sees both.
 *
 * <p>The logits are those of the backbone's rows within rounding: sums are taken in another order. The bits depend on the
 * user and the block of items only, so whoever cuts the catalogue into the same blocks gets the same bits.
 */
public interface PairNetwork {
    /** Most items of a block: as many as keep the intermediate values of one user in the processor's cache. */
    int mostItems();

    /**
     * Computes what depends on the items alone.
     *
     * @param fields embeddings of the item fields, {@code [items, item fields * dimension]}
     */
    List<Tensor> items(Tensor fields);

    /**
     * Computes what depends on the user and the position alone.
     *
     * @param fields embeddings of all other fields, {@code [1, user fields * dimension]}
     * @param history embeddings of the history items, the oldest first, {@code [history items, width of an item]}; without
     *     columns where histories are pooled
     */
    List<Tensor> user(Tensor fields, Tensor history);

    /**
     * The logits of the user with each of the items, without the first-order weights.
     *
     * @param user what {@link #user} gave; left as it is
     * @param items what {@link #items} gave; left as it is
     * @return {@code [items]}
     */
    Tensor logits(List<Tensor> user, List<Tensor> items);
}

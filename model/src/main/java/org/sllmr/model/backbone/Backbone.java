// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.pair.PairNetwork;

/** A network from field embeddings to a logit. */
public interface Backbone {
    /** The logits {@code [rows, 1]}, without the first-order weights, which are summed outside. */
    Tensor forward(Inputs inputs);

    /**
     * The trained network for ranking: what depends on the user or on the item alone is computed once.
     *
     * <p>Unless a backbone knows better, whole rows go through {@link #forward}. Asked only where both the item and the
     * rest of a row have fields; where one has none there is nothing to share.
     */
    default PairNetwork pairs(PairSource source) {
        return new WholeRows(this, source);
    }
}

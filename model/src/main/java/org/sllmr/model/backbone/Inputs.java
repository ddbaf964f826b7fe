// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.layer.History;
import org.sllmr.model.layer.Pass;

/**
 * What a backbone reads.
 *
 * @param fields pooled embeddings {@code [rows, fields * dimension]}
 * @param history the history items of the rows; there if {@link BackboneSettings#history} asks for them
 * @param pass how the pass is made
 */
public record Inputs(Tensor fields, @Nullable History history, Pass pass) {
    /** The history of a backbone that asks for it. */
    public History requireHistory() {
        if (history == null) {
            throw new IllegalStateException("the backbone does not ask for histories");
        }
        return history;
    }
}

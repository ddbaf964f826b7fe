// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.bytedeco.pytorch.Tensor;

/** A network from field embeddings to a logit. */
public interface Backbone {
    /** The logits {@code [rows, 1]}, without the first-order weights, which are summed outside. */
    Tensor forward(Inputs inputs);
}

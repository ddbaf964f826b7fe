// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;

/** Explicit feature crosses of growing degree, of the width of their input. */
public sealed interface Cross permits CrossNetwork, CrossNetworkMixture, VectorCrossNetwork {
    /**
     * Crosses the features.
     *
     * @param x0 {@code [rows, width]}
     * @return {@code [rows, width]}
     */
    Tensor forward(Tensor x0);
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;

/** An activation with its parameters. */
@FunctionalInterface
interface ActivationLayer {
    /**
     * Activates.
     *
     * @param x {@code [rows, width]}
     */
    Tensor forward(Tensor x, Pass pass);
}

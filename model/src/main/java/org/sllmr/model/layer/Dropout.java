// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Inverted dropout (Srivastava et al. 2014): values are dropped with the rate, the others scaled by 1 / (1 - rate). */
final class Dropout {
    private final int mask;

    /** Registers the mask; a rate of 0 makes the layer do nothing. */
    public Dropout(NetworkBuilder builder, double rate, int width) {
        this.mask = rate > 0 ? builder.mask(rate, width) : -1;
    }

    /** Whether a pass drops anything. */
    boolean acts(Pass pass) {
        return mask >= 0 && pass.mode() != Pass.Mode.SCORING;
    }

    /** The factors as an array {@code [rows, width]}; null where nothing is dropped. */
    float @Nullable [] factors(Pass pass) {
        Tensor mask = factorsTensor(pass);
        if (mask == null) {
            return null;
        }
        float[] factors = new float[Math.toIntExact(mask.numel())];
        mask.data_ptr_float().get(factors);
        return factors;
    }

    private @Nullable Tensor factorsTensor(Pass pass) {
        return mask < 0 ? null : pass.mask(mask);
    }

    /**
     * Applies the mask, except while scoring.
     *
     * @param x {@code [rows, width]}
     */
    public Tensor forward(Tensor x, Pass pass) {
        Tensor factors = factorsTensor(pass);
        return factors == null ? x : x.mul(factors);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** x_(l+1) = x_0 * (W_l x_l + b_l) + x_l with full matrices W_l (DCN-V2, Wang et al. 2021, equation 1). */
public final class CrossNetwork implements Cross {
    private final List<Linear> layers = new ArrayList<>();

    /** Declares {@code name.0}, {@code name.1} and so on, each {@code [width, width]}. */
    public CrossNetwork(NetworkBuilder builder, String name, int width, int depth) {
        for (int layer = 0; layer < depth; layer++) {
            layers.add(new Linear(builder, name + "." + layer, width, width));
        }
    }

    @Override
    public Tensor forward(Tensor x0) {
        Tensor x = x0;
        for (Linear layer : layers) {
            x = torch.addcmul(x, x0, layer.forward(x));
        }
        return x;
    }
}

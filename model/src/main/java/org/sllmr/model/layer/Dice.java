// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/** The data-adaptive activation of DIN (Zhou et al. 2018, equation 6): a PReLU whose corner follows the data. */
final class Dice implements ActivationLayer {
    /** The paper's epsilon. */
    private static final double EPSILON = 1e-8;

    private final BatchNorm norm;
    private final Parameter slope;

    Dice(NetworkBuilder builder, String name, int width) {
        norm = BatchNorm.withoutScale(builder, name, width, EPSILON);
        slope = builder.parameter(name + ".slope", new Initialization.Constant(0), width, width, width);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        Tensor p = torch.sigmoid(norm.forward(x, pass));
        Tensor low = x.mul(slope.tensor());
        // p x + (1 - p) a x
        return torch.addcmul(low, p, x.sub(low));
    }
}

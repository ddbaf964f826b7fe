// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Activation functions, element by element. */
public enum Activation {
    /** max(0, x). */
    RELU {
        @Override
        Tensor forward(Tensor x) {
            return torch.relu(x);
        }
    },
    /** tanh x. */
    TANH {
        @Override
        Tensor forward(Tensor x) {
            return torch.tanh(x);
        }
    },
    /** 1 / (1 + e^-x). */
    SIGMOID {
        @Override
        Tensor forward(Tensor x) {
            return torch.sigmoid(x);
        }
    };

    abstract Tensor forward(Tensor x);
}

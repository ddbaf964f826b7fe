// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/** Activation functions, element by element; some have parameters, one a unit. */
public enum Activation {
    /** x. */
    IDENTITY {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            return (x, pass) -> x;
        }
    },
    /** max(0, x). */
    RELU {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            return (x, pass) -> torch.relu(x);
        }
    },
    /** tanh x. */
    TANH {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            return (x, pass) -> torch.tanh(x);
        }
    },
    /** 1 / (1 + e^-x). */
    SIGMOID {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            return (x, pass) -> torch.sigmoid(x);
        }
    },
    /** max(0, x) + a min(0, x) with a learned slope a for each unit, 0.25 at the start (He et al. 2015). */
    PRELU {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            Parameter slope =
                    builder.parameter(name + ".slope", new Initialization.Constant(0.25f), width, width, width);
            return (x, pass) -> torch.prelu(x, slope.tensor());
        }
    },
    /**
     * p x + (1 - p) a x, where p is the sigmoid of the batch-normalised x and a a learned slope for each unit, 0 at the
     * start (DIN, Zhou et al. 2018, equation 6).
     */
    DICE {
        @Override
        ActivationLayer layer(NetworkBuilder builder, String name, int width) {
            return new Dice(builder, name, width);
        }
    };

    /** Declares the parameters {@code name.*} of a layer for that many units, if it has any. */
    abstract ActivationLayer layer(NetworkBuilder builder, String name, int width);
}

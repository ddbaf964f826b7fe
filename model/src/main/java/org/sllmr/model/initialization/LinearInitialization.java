// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.initialization;

/** How the weights and biases of linear layers start. */
public enum LinearInitialization {
    /** Weights normal with variance 2 / (fan-in + fan-out), biases 0 (Glorot and Bengio 2010, in its normal form). */
    XAVIER_NORMAL,
    /** Weights uniform with bound sqrt(6 / (fan-in + fan-out)), biases 0 (Glorot and Bengio 2010, equation 16). */
    XAVIER_UNIFORM,
    /** Weights and biases uniform with bound 1 / sqrt(fan-in): what {@code torch.nn.Linear} does unless told otherwise. */
    FAN_IN_UNIFORM;

    /** Distribution of the weights. */
    public Initialization weight() {
        return switch (this) {
            case XAVIER_NORMAL -> new Initialization.XavierNormal();
            case XAVIER_UNIFORM -> new Initialization.XavierUniform();
            case FAN_IN_UNIFORM -> new Initialization.FanInUniform();
        };
    }

    /** Distribution of the biases, drawn for the fan-in of the weights. */
    public Initialization bias() {
        return this == FAN_IN_UNIFORM ? new Initialization.FanInUniform() : new Initialization.Constant(0);
    }
}

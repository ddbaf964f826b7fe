// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.deepfm;

import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * DeepFM (Guo et al. 2017): first-order weights, a factorization machine and a multilayer perceptron over one embedding.
 *
 * @param mlp the deep part
 */
public record DeepFmSettings(MlpSettings mlp) implements BackboneSettings {
    /** MLP 200-80 with dropout 0.1. */
    public static DeepFmSettings defaults() {
        return new DeepFmSettings(MlpSettings.defaults());
    }

    @Override
    public boolean linear() {
        return true;
    }

    @Override
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        return new DeepFm(builder, shape, this);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.deepfm;

import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * DeepFM (Guo et al. 2017): first-order weights, a factorization machine and a multilayer perceptron over one embedding.
 *
 * @param firstOrder which fields have first-order weights; all in the paper
 * @param mlp the deep part
 */
public record DeepFmSettings(FirstOrder firstOrder, MlpSettings mlp) implements BackboneSettings {
    /** First-order weights of all fields, and an MLP 200-80 with dropout 0.1. */
    public static DeepFmSettings defaults() {
        return new DeepFmSettings(FirstOrder.ALL_FIELDS, MlpSettings.defaults());
    }

    @Override
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        return new DeepFm(builder, shape, this);
    }
}

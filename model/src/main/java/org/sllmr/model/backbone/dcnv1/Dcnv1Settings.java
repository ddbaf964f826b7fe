// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.dcnv1;

import org.sllmr.configuration.Checks;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * Deep & Cross Network (Wang et al. 2017): a cross network of vectors and a multilayer perceptron, side by side.
 *
 * @param crossLayers number of cross layers, 1 to 16
 * @param crossInitialization distribution that the vectors of the cross layers start from
 * @param mlp the deep part
 */
public record Dcnv1Settings(int crossLayers, Initialization crossInitialization, MlpSettings mlp)
        implements BackboneSettings {
    /** Checks the range. */
    public Dcnv1Settings {
        new Checks().between("crossLayers", crossLayers, 1, 16).done();
    }

    /**
     * 3 cross layers, and batch norm in an MLP 200-80 with dropout 0.1: the study behind the paper's baselines (LLM-CF,
     * CIKM 2024); batch norm is the paper's as well (Section 4.2).
     */
    public static Dcnv1Settings defaults() {
        return new Dcnv1Settings(
                3, new Initialization.XavierNormal(), MlpSettings.defaults().withBatchNorm(true));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        return new Dcnv1(builder, shape, this);
    }
}

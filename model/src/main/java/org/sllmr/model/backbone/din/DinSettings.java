// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.din;

import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.HistoryInput;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.NetworkBuilder;

/**
 * Deep Interest Network (Zhou et al. 2018): a multilayer perceptron over the fields and over the history, in which each item
 * weighs as much as it has to do with the candidate.
 *
 * @param attention how history items are weighted
 * @param mlp the perceptron
 */
public record DinSettings(LocalActivationSettings attention, MlpSettings mlp) implements BackboneSettings {
    /** Attention of 36 units and an MLP 200-80, all with Dice (figure 2 of the paper), and dropout 0.1. */
    public static DinSettings defaults() {
        MlpSettings mlp = MlpSettings.defaults();
        return new DinSettings(
                LocalActivationSettings.defaults(),
                new MlpSettings(mlp.units(), Activation.DICE, mlp.dropout(), mlp.dropoutPlacement(), false));
    }

    @Override
    public FirstOrder firstOrder() {
        return FirstOrder.NONE;
    }

    @Override
    public HistoryInput history() {
        return HistoryInput.SEQUENCE;
    }

    @Override
    public Backbone build(NetworkBuilder builder, InputShape shape) {
        return new Din(builder, shape, this);
    }
}

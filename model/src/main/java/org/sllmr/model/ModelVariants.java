// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.configuration.binding.Variants;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.Kar;
import org.sllmr.model.augmentation.LlmCf;
import org.sllmr.model.augmentation.NoAugmentation;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.initialization.Initialization;

/** The names by which {@link ModelSettings} choose. */
public final class ModelVariants {
    private static final Variants ALL = all();

    private ModelVariants() {}

    /** Initializations, augmentations, and all {@link Backbones}. */
    public static Variants get() {
        return ALL;
    }

    private static Variants all() {
        Variants variants = Variants.none()
                .with(Initialization.class, "constant", Initialization.Constant.class)
                .with(Initialization.class, "normal", Initialization.Normal.class)
                .with(Initialization.class, "uniform", Initialization.Uniform.class)
                .with(Initialization.class, "xavier-normal", Initialization.XavierNormal.class)
                .with(Initialization.class, "xavier-uniform", Initialization.XavierUniform.class)
                .with(Augmentation.class, "none", NoAugmentation.class)
                .with(Augmentation.class, "kar", Kar.class)
                .with(Augmentation.class, "llm-cf", LlmCf.class);
        for (Backbones.Entry backbone : Backbones.all()) {
            variants = variants.with(BackboneSettings.class, backbone.name(), backbone.settings());
        }
        return variants;
    }
}

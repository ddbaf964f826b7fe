// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.autoint.AutoIntSettings;
import org.sllmr.model.backbone.autoint.AutoIntSettings.Form;
import org.sllmr.model.backbone.dcnv1.Dcnv1Settings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings.CrossKind;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings.Structure;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.backbone.neumf.NeuMfSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.backbone.xdeepfm.XDeepFmSettings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.layer.MlpSettings.DropoutPlacement;

/** Small backbones that between them take every branch. */
public final class SampleBackbones {
    private SampleBackbones() {}

    /** With perceptrons of that activation, some thinned out before, some after, some batch-normalised, some neither. */
    public static List<BackboneSettings> with(Activation activation) {
        MlpSettings normed = new MlpSettings(List.of(12, 7), activation, 0.2, DropoutPlacement.AFTER_ACTIVATION, true);
        MlpSettings before = new MlpSettings(List.of(9, 5), activation, 0.3, DropoutPlacement.BEFORE_LINEAR, false);
        MlpSettings plain = new MlpSettings(List.of(9), activation, 0, DropoutPlacement.AFTER_ACTIVATION, false);
        Initialization normal = new Initialization.Normal(0.3);
        List<BackboneSettings> all = new ArrayList<>();
        all.add(new DeepFmSettings(FirstOrder.ALL_FIELDS, normed));
        all.add(new DeepFmSettings(FirstOrder.WITHOUT_HISTORY, before));
        all.add(new XDeepFmSettings(FirstOrder.WITHOUT_HISTORY, List.of(6, 4, 3), true, activation, before, true));
        all.add(new XDeepFmSettings(FirstOrder.ALL_FIELDS, List.of(5, 3), false, Activation.IDENTITY, normed, false));
        all.add(new AutoIntSettings(Form.INTERACTING, 2, 3, 6, true, false, 0, plain.withUnits(List.of())));
        all.add(new AutoIntSettings(Form.INTERACTING, 1, 1, 5, false, true, 0.2, normed));
        all.add(new AutoIntSettings(Form.TRANSFORMER, 2, 2, 8, true, true, 0.1, before));
        all.add(new AutoIntSettings(Form.TRANSFORMER, 1, 2, 4, false, false, 0, plain));
        all.add(new Dcnv1Settings(3, normal, normed));
        all.add(new Dcnv1Settings(1, new Initialization.XavierNormal(), before));
        all.add(new Dcnv2Settings(Structure.PARALLEL, CrossKind.MIXTURE, 2, 3, 2, normal, true, normed));
        all.add(new Dcnv2Settings(Structure.STACKED, CrossKind.FULL, 2, 1, 1, normal, false, before));
        all.add(new Dcnv2Settings(Structure.CROSS_ONLY, CrossKind.MIXTURE, 3, 2, 4, normal, false, plain));
        all.add(new Dcnv2Settings(Structure.PARALLEL, CrossKind.FULL, 1, 1, 1, normal, false, plain));
        all.add(new DinSettings(new LocalActivationSettings(List.of(6), Activation.DICE, false, false), normed));
        all.add(new DinSettings(new LocalActivationSettings(List.of(6, 4), activation, true, true), before));
        all.add(new DinSettings(
                new LocalActivationSettings(List.of(5, 4), Activation.SIGMOID, false, true),
                new MlpSettings(List.of(8), Activation.DICE, 0.1, DropoutPlacement.AFTER_ACTIVATION, false)));
        all.add(new DinSettings(
                new LocalActivationSettings(List.of(7), Activation.PRELU, false, false),
                new MlpSettings(List.of(8), Activation.PRELU, 0, DropoutPlacement.AFTER_ACTIVATION, false)));
        all.add(new MatrixFactorizationSettings(FirstOrder.ALL_FIELDS));
        all.add(new LightGcnSettings(2, 0.02));
        all.add(new SasRecSettings(2, 2, 6, 5, 0.2, 0));
        all.add(new SasRecSettings(1, 1, 5, 7, 0, 3));
        all.add(new NeuMfSettings(0, before));
        all.add(new NeuMfSettings(1, plain));
        return all;
    }
}

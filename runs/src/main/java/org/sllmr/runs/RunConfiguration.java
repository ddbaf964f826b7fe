// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.model.ModelVariants;
import org.sllmr.training.gate.AlignedGateSettings;
import org.sllmr.training.gate.CalibratedGateSettings;
import org.sllmr.training.gate.GateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.gate.NormalizedGateSettings;
import org.sllmr.training.gate.RandomGateSettings;
import org.sllmr.training.gate.RuleGateSettings;
import org.sllmr.training.guidance.CalibratedPairwise;
import org.sllmr.training.guidance.Distillation;
import org.sllmr.training.guidance.GlobalPairwise;
import org.sllmr.training.guidance.Guidance;
import org.sllmr.training.guidance.None;
import org.sllmr.training.guidance.Pointwise;
import org.sllmr.training.guidance.SampleDistillation;
import org.sllmr.training.guidance.SelectivePairwise;
import org.sllmr.training.negatives.DrawnNegatives;
import org.sllmr.training.negatives.NegativeSettings;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BayesianPersonalizedRanking;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.InfoNce;
import org.sllmr.training.objective.Objective;

/** Reads and writes {@link RunSettings} as YAML, and lists the names that a configuration may use. */
public final class RunConfiguration {
    private static final Variants VARIANTS = all();

    private RunConfiguration() {}

    /** A reader for files, environment variables and assignments. */
    public static SettingsReader<RunSettings> reader() {
        return SettingsReader.of(RunSettings.class, VARIANTS);
    }

    /** The variants that a configuration chooses by name. */
    public static Variants variants() {
        return VARIANTS;
    }

    /** The complete configuration as YAML; reading it gives equal settings. */
    public static String write(RunSettings settings) {
        return SettingsWriter.of(VARIANTS).write(settings);
    }

    /** Reads what {@link #write} wrote; messages call it {@code name}. */
    public static RunSettings read(String name, String yaml) {
        return reader().text(name, yaml).read();
    }

    private static Variants all() {
        return ModelVariants.get()
                .with(Objective.class, "binary-cross-entropy", BinaryCrossEntropy.class)
                .with(Objective.class, "bayesian-personalized-ranking", BayesianPersonalizedRanking.class)
                .with(Objective.class, "info-nce", InfoNce.class)
                .with(NegativeSettings.class, "stored", StoredNegatives.class)
                .with(NegativeSettings.class, "drawn", DrawnNegatives.class)
                .with(GateSettings.class, "joint", JointGateSettings.class)
                .with(GateSettings.class, "calibrated", CalibratedGateSettings.class)
                .with(GateSettings.class, "aligned", AlignedGateSettings.class)
                .with(GateSettings.class, "normalized", NormalizedGateSettings.class)
                .with(GateSettings.class, "random", RandomGateSettings.class)
                .with(GateSettings.class, "rule", RuleGateSettings.class)
                .with(Guidance.class, "none", None.class)
                .with(Guidance.class, "selective-pairwise", SelectivePairwise.class)
                .with(Guidance.class, "calibrated-pairwise", CalibratedPairwise.class)
                .with(Guidance.class, "global-pairwise", GlobalPairwise.class)
                .with(Guidance.class, "pointwise", Pointwise.class)
                .with(Guidance.class, "distillation", Distillation.class)
                .with(Guidance.class, "sample-distillation", SampleDistillation.class);
    }
}

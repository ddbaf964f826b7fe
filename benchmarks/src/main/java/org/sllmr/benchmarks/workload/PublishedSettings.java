// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.workload;

import java.util.List;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.MlpSettings;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.schema.SchemaSettings;
import org.sllmr.model.schema.SchemaSettings.HistoryPooling;

/** DCN-V2 as in the study behind the paper's baselines (LLM-CF, CIKM 2024), whose epoch users wait for. */
public final class PublishedSettings {
    /** Of Adam. */
    public static final double LEARNING_RATE = 0.01;
    /** Coupled L2 on all parameters. */
    public static final double WEIGHT_DECAY = 1e-4;
    /** In the perceptron. */
    public static final double DROPOUT = 0.1;
    /** Floats of an embedding. */
    public static final int DIMENSION = 32;
    /** Last items that form a history. */
    public static final int HISTORY = 20;
    /** Of the perceptron. */
    public static final List<Integer> UNITS = List.of(200, 80);
    /** Cross layers. */
    public static final int CROSS_LAYERS = 2;
    /** Of each cross layer. */
    public static final int EXPERTS = 4;
    /** Of each expert. */
    public static final int RANK = 4;

    private PublishedSettings() {}

    /** The model; a benchmark that compares losses turns dropout off. */
    public static ModelSettings model(TableUpdates updates, double dropout) {
        return new ModelSettings(
                new SchemaSettings(List.of(), HISTORY, HistoryPooling.ITEMS),
                DIMENSION,
                new Initialization.Normal(0.01),
                LinearInitialization.XAVIER_NORMAL,
                new Dcnv2Settings(
                        Dcnv2Settings.Structure.PARALLEL,
                        Dcnv2Settings.CrossKind.MIXTURE,
                        CROSS_LAYERS,
                        EXPERTS,
                        RANK,
                        new Initialization.XavierNormal(),
                        false,
                        new MlpSettings(
                                UNITS, Activation.RELU, dropout, MlpSettings.DropoutPlacement.AFTER_ACTIVATION, true)),
                new OptimizerSettings(
                        OptimizerSettings.Kind.ADAM,
                        updates,
                        LEARNING_RATE,
                        0.9,
                        0.999,
                        1e-8,
                        WEIGHT_DECAY,
                        WEIGHT_DECAY,
                        0));
    }
}

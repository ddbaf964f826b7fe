// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import org.sllmr.configuration.Checks;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.SchemaSettings;

/**
 * A click-through model.
 *
 * @param schema fields and history
 * @param embeddingDimension floats of an embedding, 1 to 4,096; 64 in the paper of S-LLMR, Section 4.1
 * @param initialization distribution that embeddings and first-order weights start from
 * @param linearInitialization how the linear layers of the backbone start
 * @param backbone the network
 * @param optimizer how parameters are updated
 */
public record ModelSettings(
        SchemaSettings schema,
        int embeddingDimension,
        Initialization initialization,
        LinearInitialization linearInitialization,
        BackboneSettings backbone,
        OptimizerSettings optimizer) {
    /** Checks the range. */
    public ModelSettings {
        new Checks().between("embeddingDimension", embeddingDimension, 1, 4096).done();
    }

    /** An untrained model for that data; same seed, same parameters. */
    public Model create(TrainingData data, Seed seed) {
        return create(FeatureSchema.of(data, schema), seed);
    }

    /** An untrained model for fields and tables that were made with these settings; same seed, same parameters. */
    public Model create(FeatureSchema fields, Seed seed) {
        return CtrModel.create(fields, this, seed);
    }

    /** DCN-V2 over embeddings of 32 floats, drawn Xavier-normal. */
    public static ModelSettings defaults() {
        return new ModelSettings(
                SchemaSettings.defaults(),
                32,
                new Initialization.XavierNormal(),
                LinearInitialization.XAVIER_NORMAL,
                Dcnv2Settings.defaults(),
                OptimizerSettings.defaults());
    }
}

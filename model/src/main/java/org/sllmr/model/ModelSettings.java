// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Optional;
import org.sllmr.configuration.Checks;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.augmentation.Augmentation;
import org.sllmr.model.augmentation.NoAugmentation;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.optimizer.OptimizerSettings.TableUpdates;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;
import org.sllmr.model.schema.SchemaFit;
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
 * @param augmentation what the network makes of texts besides the backbone's fields
 */
public record ModelSettings(
        SchemaSettings schema,
        int embeddingDimension,
        Initialization initialization,
        LinearInitialization linearInitialization,
        BackboneSettings backbone,
        OptimizerSettings optimizer,
        Augmentation augmentation) {
    /** Checks the range, and that the optimizer moves the rows that the backbone propagates. */
    public ModelSettings {
        new Checks()
                .between("embeddingDimension", embeddingDimension, 1, 4096)
                .require(
                        backbone.propagation().isEmpty() || optimizer.tableUpdates() == TableUpdates.DENSE,
                        "optimizer.tableUpdates",
                        "is sparse, but every step moves all rows of a backbone that propagates embeddings; allowed is dense")
                .done();
    }

    /** Without augmentation. */
    public ModelSettings(
            SchemaSettings schema,
            int embeddingDimension,
            Initialization initialization,
            LinearInitialization linearInitialization,
            BackboneSettings backbone,
            OptimizerSettings optimizer) {
        this(
                schema,
                embeddingDimension,
                initialization,
                linearInitialization,
                backbone,
                optimizer,
                NoAugmentation.defaults());
    }

    /** The fields and tables of a model of that data. */
    public FeatureSchema fields(TrainingData data) {
        return fields(data, Optional.empty());
    }

    /** The same, going on from what an earlier schema took from its data; see {@link FeatureSchema#of}. */
    public FeatureSchema fields(TrainingData data, SchemaFit known) {
        return fields(data, Optional.of(known));
    }

    private FeatureSchema fields(TrainingData data, Optional<SchemaFit> known) {
        FeatureSchema fields = FeatureSchema.of(data, schema, augmentation.source(), known);
        // A bundle has no interactions, and rows that are propagated already.
        if (backbone.propagation().isPresent() && data.log().size() > 0) {
            fields = fields.with(data.log());
        }
        if (augmentation.examples().isEmpty()) {
            return fields;
        }
        VectorColumn vectors = fields.fields().stream()
                .filter(field -> field.name().equals(KnowledgeSource.ITEM))
                .map(field -> ((Field.ItemVector) field.source()).column())
                .findFirst()
                .orElseThrow();
        Examples pool = Examples.of(data, vectors, augmentation.examples().get(), schema.historyLength());
        return fields.with(
                switch (augmentation.source().orElseThrow().chains()) {
                    case NONE -> pool;
                    case ITEM_TEXTS -> pool.withItemTexts();
                    case WRITTEN -> pool.with(data.numeric().samples().get(0));
                });
    }

    /** Whether the model reads vectors of the items' texts. */
    public boolean needTexts() {
        return schema.text().use() || augmentation.needsTexts();
    }

    /**
     * Requires that a model can score all items for a user, in a ranking or a bundle.
     *
     * @throws InvalidInputException if it searches examples for every row
     */
    public void requireRankable() {
        if (augmentation.examples().isPresent()) {
            throw new InvalidInputException(
                    "model.augmentation",
                    "searches examples for every user with every item, so the model cannot rank a catalogue or be"
                            + " exported; it scores the samples of the dataset only: choose another augmentation for that");
        }
    }

    /** What a network for those fields reads. */
    public InputShape shape(FeatureSchema fields) {
        return augmentation.shape(fields, backbone.history(), embeddingDimension);
    }

    /** The network for a shape, with parameters drawn from the seed. */
    public Graph network(InputShape shape, Seed seed) {
        GraphBuilder builder = shape.network(seed, linearInitialization);
        return builder.build(augmentation.logit(builder, shape, backbone));
    }

    /** An untrained model for that data; same seed, same parameters. */
    public Model create(TrainingData data, Seed seed) {
        return create(fields(data), seed);
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

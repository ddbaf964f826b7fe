// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.Arrays;
import java.util.Optional;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.batch.UniqueRows;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.KnowledgeSource;
import org.sllmr.model.table.TableRows;

/**
 * What a network reads of the examples of a batch's rows: for each row its examples and then the row itself, as rows of their
 * own side by side. Used again for the next batch; for one thread.
 */
final class ExampleTokens {
    private static final int READ = Examples.PER_ROW + 1;
    private static final float[] NONE = {};

    private Examples examples;
    private final int width;
    private final BatchRows exampleRows;
    private final BatchRows ownRows;
    private final int labelAt;
    /** Where the chain of thought begins, and its floats; 0 without one. */
    private final int chainAt;

    private final int chainWidth;
    private float[] ofExamples = new float[0];
    private float[] ofRows = new float[0];
    private float[] input = new float[0];

    private ExampleTokens(Kernels kernels, FeatureSchema schema, Examples examples, InputShape token) {
        this.examples = examples;
        this.width = token.width();
        this.exampleRows = new BatchRows(kernels, schema, token, FirstOrder.NONE);
        this.ownRows = new BatchRows(kernels, schema, token, FirstOrder.NONE);
        this.labelAt = token.at(token.knowledge(KnowledgeSource.LABEL));
        this.chainWidth = token.chain().map(Field::floats).orElse(0);
        this.chainAt = token.chain().map(token::at).orElse(0);
    }

    /** For a network that reads examples; empty for others. */
    static Optional<ExampleTokens> of(Kernels kernels, FeatureSchema schema, InputShape shape) {
        return shape.tokens()
                .map(token ->
                        new ExampleTokens(kernels, schema, schema.examples().orElseThrow(), token));
    }

    /** Looks up examples in a pool from now on, that of the schema or one that knows less. */
    void readFrom(Examples pool) {
        examples = pool;
    }

    /** Looks up the examples of rows {@code [from, to)}, and the rows. */
    void fill(InteractionLog log, Instances rows, int from, int to) {
        int count = to - from;
        int[] found = examples.of(log, rows, from, to);
        Instances chosen = examples.samples(found);
        exampleRows.fill(examples.log(), chosen, 0, chosen.size());
        ownRows.fill(log, rows, from, to);
        ofExamples = grown(ofExamples, Examples.PER_ROW * count);
        ofRows = grown(ofRows, count);
        input = grown(input, READ * count);
        exampleRows.numbers(examples.log(), chosen, 0, false, ofExamples, NONE);
        ownRows.numbers(log, rows, from, false, ofRows, NONE);
        for (int i = 0; i < found.length; i++) {
            int at = i * width + labelAt;
            ofExamples[at] = found[i] >= 0 ? 1 - examples.label(found[i]) : 0;
            ofExamples[at + 1] = found[i] >= 0 ? examples.label(found[i]) : 0;
            chain(found[i], i * width + chainAt);
        }
        for (int row = 0; row < count; row++) {
            // A row knows neither its label nor what explains it.
            Arrays.fill(ofRows, row * width + labelAt, row * width + labelAt + 2, 0);
            Arrays.fill(ofRows, row * width + chainAt, row * width + chainAt + chainWidth, 0);
        }
    }

    private void chain(int example, int at) {
        if (chainWidth > 0 && example >= 0) {
            examples.chain(example, ofExamples, at);
        } else {
            Arrays.fill(ofExamples, at, at + chainWidth, 0);
        }
    }

    /** Adds the distinct embedding rows to those of the batch, for training. */
    void number(UniqueRows unique) {
        exampleRows.numberFurther(unique);
        ownRows.numberFurther(unique);
    }

    /** Pools the embeddings, and gives {@code [rows, read rows * width]}. */
    float[] gather(TableRows embeddings) {
        int count = ownRows.rows();
        exampleRows.gather(embeddings, ofExamples, new float[exampleRows.rows()]);
        ownRows.gather(embeddings, ofRows, new float[count]);
        for (int row = 0; row < count; row++) {
            int at = row * READ * width;
            int length = Examples.PER_ROW * width;
            System.arraycopy(ofExamples, row * length, input, at, length);
            System.arraycopy(ofRows, row * width, input, at + length, width);
        }
        return input;
    }

    /** What was {@linkplain #gather gathered} last. */
    float[] input() {
        return input;
    }

    /**
     * Adds the gradients of the embeddings to sums of a batch.
     *
     * @param gradient derivative of the loss by what was gathered
     */
    void scatter(float[] sums, int stride, float[] gradient) {
        int count = ownRows.rows();
        float[] byExamples = new float[ofExamples.length];
        float[] byRows = new float[ofRows.length];
        for (int row = 0; row < count; row++) {
            int at = row * READ * width;
            int length = Examples.PER_ROW * width;
            System.arraycopy(gradient, at, byExamples, row * length, length);
            System.arraycopy(gradient, at + length, byRows, row * width, width);
        }
        exampleRows.scatterFurther(sums, stride, byExamples);
        ownRows.scatterFurther(sums, stride, byRows);
    }

    private float[] grown(float[] array, int vectors) {
        int size = ArraySize.of(
                ArraySize.product(vectors, width) + Products.SLACK,
                "training.batchSize",
                "floats of the examples of a batch (" + vectors + " rows of " + width + ")",
                "choose a smaller batch");
        return array.length < size ? new float[size] : array;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.sllmr.configuration.ArraySize;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.batch.UniqueRows;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.table.EmbeddingTables;
import org.sllmr.model.table.TableRows;

/**
 * The rows that a network reads where users and items are propagated over the graph of their interactions, and the
 * derivatives by the rows that are trained.
 *
 * <p>Rows that are not in the graph, and a row's first-order weight, are read as they are trained. All rows of the tables
 * must have caught up when they are read here.
 */
public abstract sealed class PropagatedRows permits MeanLayers, NeuralLayers {
    final Kernels kernels;
    final EmbeddingTables tables;
    final int length;
    final Parallel parallel;
    private final FeatureSchema schema;
    private final Propagation settings;
    private InteractionGraph graph;
    /** The rows that are read: {@code [rows, stride]}. */
    private float[] read = new float[0];

    private float[] derivatives = new float[0];
    private boolean[] ofBatch = new boolean[0];
    private int[] nodes = new int[0];
    private int[] changedRows = new int[0];
    private float[] result = new float[0];
    /** Whether {@link #read} holds all rows as they are now. */
    private boolean whole;

    PropagatedRows(
            Kernels kernels,
            FeatureSchema schema,
            EmbeddingTables tables,
            Propagation settings,
            int length,
            Parallel parallel) {
        this.kernels = kernels;
        this.schema = schema;
        this.tables = tables;
        this.settings = settings;
        this.length = length;
        this.parallel = parallel;
        this.graph = graph(user -> Integer.MAX_VALUE);
    }

    /**
     * With all interactions of the schema.
     *
     * @param length floats of a row that are propagated, the first ones
     * @param weights those of the layers, if they have some
     * @param parallel runs pieces of the work
     */
    public static PropagatedRows of(
            Kernels kernels,
            FeatureSchema schema,
            EmbeddingTables tables,
            Propagation settings,
            int length,
            LayerWeights weights,
            Products products,
            Parallel parallel) {
        return settings.neural()
                ? new NeuralLayers(kernels, schema, tables, settings, length, weights, products, parallel)
                : new MeanLayers(kernels, schema, tables, settings, length, parallel);
    }

    private InteractionGraph graph(IntUnaryOperator known) {
        return InteractionGraph.of(schema, schema.interactions().orElseThrow(), known);
    }

    final InteractionGraph graph() {
        return graph;
    }

    /** Makes room for the nodes of another graph. */
    abstract void start();

    /**
     * Writes what is read of some nodes, the first {@code length} floats.
     *
     * @param nodes the nodes; negative numbers are skipped
     * @param target {@code [embedding rows, stride]}
     */
    abstract void write(int[] nodes, int count, float[] target);

    /** The same for all nodes. */
    abstract void writeAll(float[] target);

    /**
     * Writes the derivatives by the trained rows, the first {@code length} floats.
     *
     * @param marked the nodes whose derivatives are not zero
     * @param derivatives by what is read: {@code [nodes, stride]}
     * @param target {@code [nodes, stride]}
     */
    abstract void derive(boolean[] marked, float[] derivatives, float[] target);

    /**
     * Takes into the graph the first interactions of each user, and no others.
     *
     * @param known their number by user
     */
    public final void know(IntUnaryOperator known) {
        graph = graph(known);
        derivatives = new float[0];
        result = new float[0];
        whole = false;
    }

    /** Makes room for the rows of the graph, when they are first needed. */
    private void makeRoom() {
        int size = graph.size() * tables.stride();
        if (derivatives.length != size || read.length == 0) {
            read = new float[tables.rows().values().length];
            derivatives = new float[size];
            ofBatch = new boolean[graph.size()];
            start();
        }
    }

    /** Whether a row is in the graph, so that every step moves it. */
    public final boolean contains(int row) {
        return graph.nodes()[row] >= 0;
    }

    /** What is done. */
    public final Propagation settings() {
        return settings;
    }

    /** Says that trained rows or weights have changed. */
    public final void changed() {
        whole = false;
    }

    /** The rows that are read, of which only those of a batch are right. */
    public final TableRows of(UniqueRows batch) {
        if (!whole) {
            makeRoom();
            nodes(batch);
            write(nodes, batch.count(), read);
            for (int slot = 0; slot < batch.count(); slot++) {
                copyTrained(batch.rows()[slot]);
            }
        }
        return new TableRows(read, tables.stride());
    }

    /** All rows that are read. */
    public final TableRows all() {
        if (!whole) {
            makeRoom();
            writeAll(read);
            for (int row = 0; row < graph.nodes().length; row++) {
                copyTrained(row);
            }
            whole = true;
        }
        return new TableRows(read, tables.stride());
    }

    /** Copies what of a row is read as it is trained. */
    private void copyTrained(int row) {
        int from = contains(row) ? length : 0;
        int at = row * tables.stride() + from;
        System.arraycopy(tables.rows().values(), at, read, at, tables.stride() - from);
    }

    private void nodes(UniqueRows batch) {
        if (nodes.length < batch.count()) {
            nodes = new int[Math.max(batch.count(), 2 * nodes.length)];
        }
        for (int slot = 0; slot < batch.count(); slot++) {
            nodes[slot] = graph.nodes()[batch.rows()[slot]];
        }
    }

    /**
     * The derivatives by the trained rows: by all rows of the graph, and by the other rows of a batch.
     *
     * @param gradients derivatives by the rows that the batch read: {@code [distinct rows, stride]}
     * @return valid until the next call
     */
    public final RowGradients backward(UniqueRows batch, float[] gradients) {
        makeRoom();
        int stride = tables.stride();
        nodes(batch);
        for (int slot = 0; slot < batch.count(); slot++) {
            if (nodes[slot] >= 0) {
                System.arraycopy(gradients, slot * stride, derivatives, nodes[slot] * stride, stride);
                ofBatch[nodes[slot]] = true;
            }
        }
        int size = ArraySize.of(
                ArraySize.product(graph.size() + batch.count(), stride),
                "training.batchSize",
                "floats of derivatives by embedding rows",
                "choose a smaller batch");
        if (result.length < size) {
            result = new float[size];
            changedRows = Arrays.copyOf(graph.rows(), size / stride);
        }
        derive(ofBatch, derivatives, result);
        for (int node = 0; node < graph.size() && stride > length; node++) {
            Arrays.fill(result, node * stride + length, (node + 1) * stride, 0);
        }
        int count = graph.size();
        for (int slot = 0; slot < batch.count(); slot++) {
            int node = nodes[slot];
            if (node < 0) {
                changedRows[count] = batch.rows()[slot];
                System.arraycopy(gradients, slot * stride, result, count++ * stride, stride);
            } else {
                System.arraycopy(gradients, slot * stride + length, result, node * stride + length, stride - length);
                Arrays.fill(derivatives, node * stride, (node + 1) * stride, 0);
                ofBatch[node] = false;
            }
        }
        return new RowGradients(changedRows, count, result);
    }

    /**
     * Adds to the result of the last {@link #backward}.
     *
     * @param sums derivatives by the trained rows that the batch names: {@code [distinct rows, stride]}
     */
    public final void add(UniqueRows batch, float[] sums) {
        int stride = tables.stride();
        int others = graph.size();
        for (int slot = 0; slot < batch.count(); slot++) {
            int at = (nodes[slot] < 0 ? others++ : nodes[slot]) * stride;
            kernels.add(sums, slot * stride, result, at, stride);
        }
    }
}

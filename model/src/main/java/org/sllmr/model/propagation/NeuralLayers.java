// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.table.EmbeddingTables;

/**
 * The layers of NGCF (Wang et al. 2019, equation 7) one behind the other: with the normalized adjacency A,
 *
 * <pre>
 *     S = A E(k),    Z = (E(k) + S) W1 + (S * E(k)) W2,    E(k+1) = LeakyReLU(Z)
 * </pre>
 *
 * <p>A row has layers + 1 parts of one size. Only its first part, E(0), is trained; what is read is the row {@code [E(0), ...,
 * E(K)]}. All nodes of all layers are computed in every step, each by itself, and the derivatives are exact.
 */
final class NeuralLayers extends PropagatedRows {
    /** Of the authors' code. */
    private static final float SLOPE = 0.2f;

    private final int layers;
    private final int size;
    private final LayerWeights weights;
    private final Products products;
    private @Nullable LayerPass pass;
    /** E(k): {@code [nodes, size]} each. */
    private float[][] values = {};
    /** S of each layer. */
    private float[][] sums = {};

    private float[] zeros = {};
    private float[] gradient = {};
    private float[] ofSums = {};
    private float[] others = {};

    NeuralLayers(
            Kernels kernels,
            FeatureSchema schema,
            EmbeddingTables tables,
            Propagation settings,
            int length,
            LayerWeights weights,
            Products products,
            Parallel parallel) {
        super(kernels, schema, tables, settings, length, parallel);
        this.layers = settings.layers();
        this.size = length / (layers + 1);
        this.weights = weights;
        this.products = products;
    }

    @Override
    void start() {
        int floats = graph().size() * size + Products.SLACK;
        pass = new LayerPass(kernels, graph(), size, size, parallel);
        values = new float[layers + 1][floats];
        sums = new float[layers][floats];
        zeros = new float[floats];
        gradient = new float[floats];
        ofSums = new float[floats];
        others = new float[floats];
    }

    private LayerPass layer() {
        return Objects.requireNonNull(pass);
    }

    @Override
    void write(int[] nodes, int count, float[] target) {
        forward();
        for (int i = 0; i < count; i++) {
            if (nodes[i] >= 0) {
                join(nodes[i], target);
            }
        }
    }

    @Override
    void writeAll(float[] target) {
        forward();
        for (int node = 0; node < graph().size(); node++) {
            join(node, target);
        }
    }

    private void join(int node, float[] target) {
        int at = graph().rows()[node] * tables.stride();
        for (int k = 0; k <= layers; k++) {
            System.arraycopy(values[k], node * size, target, at + k * size, size);
        }
    }

    private void forward() {
        int stride = tables.stride();
        float[] rows = tables.rows().values();
        for (int node = 0; node < graph().size(); node++) {
            System.arraycopy(rows, graph().rows()[node] * stride, values[0], node * size, size);
        }
        for (int k = 0; k < layers; k++) {
            float[] e = values[k];
            float[] s = sums[k];
            float[] next = values[k + 1];
            int first = weights.at(LayerWeights.ofSums(k));
            int second = weights.at(LayerWeights.ofProducts(k));
            layer().all(e, zeros, 1, s);
            layer().pieces((from, to) -> {
                int at = from * size;
                int count = (to - from) * size;
                float[] plus = new float[count + Products.SLACK];
                float[] times = new float[count + Products.SLACK];
                for (int i = 0; i < count; i++) {
                    plus[i] = e[at + i] + s[at + i];
                    times[i] = e[at + i] * s[at + i];
                }
                product(plus, 0, weights.values(), first, next, at, to - from, false);
                product(times, 0, weights.values(), second, next, at, to - from, true);
                for (int i = at; i < at + count; i++) {
                    next[i] *= next[i] > 0 ? 1 : SLOPE;
                }
            });
        }
    }

    /** Rows times a square matrix. */
    private void product(float[] x, int xAt, float[] matrix, int at, float[] y, int yAt, int rows, boolean add) {
        products.multiply(x, xAt, size, matrix, at, size, y, yAt, size, rows, size, size, add);
    }

    @Override
    void derive(boolean[] marked, float[] derivatives, float[] result) {
        int stride = tables.stride();
        part(layers, derivatives, gradient);
        for (int k = layers - 1; k >= 0; k--) {
            back(k, derivatives);
        }
        layer().pieces((from, to) -> {
            for (int node = from; node < to; node++) {
                System.arraycopy(gradient, node * size, result, node * stride, size);
                Arrays.fill(result, node * stride + size, node * stride + length, 0);
            }
        });
    }

    /** One part of each row of the derivatives. */
    private void part(int k, float[] derivatives, float[] target) {
        int stride = tables.stride();
        layer().pieces((from, to) -> {
            for (int node = from; node < to; node++) {
                System.arraycopy(derivatives, node * stride + k * size, target, node * size, size);
            }
        });
    }

    /** From the derivatives by E(k+1) to those by the layer's weights and by E(k). */
    private void back(int k, float[] derivatives) {
        float[] e = values[k];
        float[] s = sums[k];
        float[] next = values[k + 1];
        int first = weights.at(LayerWeights.ofSums(k));
        int second = weights.at(LayerWeights.ofProducts(k));
        float[] firstTransposed = transposed(first);
        float[] secondTransposed = transposed(second);
        layer().pieces((from, to) -> {
            for (int i = from * size; i < to * size; i++) {
                gradient[i] *= next[i] > 0 ? 1 : SLOPE;
            }
        });
        accumulate(first, i -> e[i] + s[i]);
        accumulate(second, i -> e[i] * s[i]);
        part(k, derivatives, others);
        layer().pieces((from, to) -> {
            int at = from * size;
            int count = (to - from) * size;
            float[] plus = new float[count + Products.SLACK];
            float[] times = new float[count + Products.SLACK];
            product(gradient, at, firstTransposed, 0, plus, 0, to - from, false);
            product(gradient, at, secondTransposed, 0, times, 0, to - from, false);
            for (int i = 0; i < count; i++) {
                ofSums[at + i] = plus[i] + times[i] * e[at + i];
                others[at + i] += plus[i] + times[i] * s[at + i];
            }
        });
        layer().all(ofSums, others, 1, gradient);
    }

    private float[] transposed(int at) {
        float[] transposed = new float[size * size + Products.SLACK];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                transposed[j * size + i] = weights.values()[at + i * size + j];
            }
        }
        return transposed;
    }

    /** An element of what a matrix was multiplied by. */
    private interface Element {
        float at(int index);
    }

    /** Adds the derivatives by a matrix: each row of it is one sum over the nodes, in their order. */
    private void accumulate(int at, Element element) {
        int nodes = graph().size();
        parallel.run(size, row -> {
            float[] column = new float[nodes + Products.SLACK];
            for (int node = 0; node < nodes; node++) {
                column[node] = element.at(node * size + row);
            }
            products.multiply(
                    column,
                    0,
                    nodes,
                    gradient,
                    0,
                    size,
                    weights.gradients(),
                    at + row * size,
                    size,
                    1,
                    nodes,
                    size,
                    true);
        });
    }
}

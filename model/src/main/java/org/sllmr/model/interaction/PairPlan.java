// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import org.sllmr.model.kernel.MatrixKernels;

/**
 * Which products of a field and a map a layer needs, and its weights in that order.
 *
 * <p>In the first layer the maps are the fields: products are the same both ways, so each stands once, with the sum of both
 * weights. The bias is the weight of one further product that is always 1.
 */
final class PairPlan {
    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final int fields;
    private final int before;
    private final int maps;
    private final boolean symmetric;
    private final int pairs;
    private final int stride;

    PairPlan(InteractionShape shape, int layer, int width) {
        this.fields = shape.fields();
        this.before = shape.before(layer);
        this.maps = shape.layers().get(layer).maps();
        this.symmetric = layer == 0;
        this.pairs = start(fields);
        // Room for the bias, and for what a transposed row overwrites behind its end. An odd number of cache lines:
        // rows that
        // were a multiple of a power of two apart would drive each other out of the cache.
        int lines = (pairs + width + LINE - 1) / LINE;
        this.stride = (lines % 2 == 0 ? lines + 1 : lines) * LINE;
    }

    static int roundUp(int value, int multiple) {
        return (value + multiple - 1) / multiple * multiple;
    }

    /** First of the maps that a field is multiplied with. */
    int from(int field) {
        return symmetric ? field : 0;
    }

    /** Number of maps that a field is multiplied with. */
    int count(int field) {
        return before - from(field);
    }

    /** The first product of a field. */
    int start(int field) {
        return symmetric ? field * before - field * (field - 1) / 2 : field * before;
    }

    /** Maps that the layer reads. */
    int before() {
        return before;
    }

    /** Number of products, without the one of the bias. */
    int pairs() {
        return pairs;
    }

    /** Products and padding: rows of a matrix product. */
    int pairRows() {
        return roundUp(pairs, MatrixKernels.ROWS);
    }

    /** Maps and padding: rows of a matrix product. */
    int mapRows() {
        return roundUp(maps, MatrixKernels.ROWS);
    }

    int maps() {
        return maps;
    }

    /** Floats between two rows of weights, or of transposed products. */
    int stride() {
        return stride;
    }

    /** Weights of the products, {@code [mapRows, stride]}, from {@code [maps, fields * before]} and {@code [maps]}. */
    float[] fold(float[] weight, float[] bias) {
        float[] folded = new float[mapRows() * stride];
        for (int map = 0; map < maps; map++) {
            int source = map * fields * before;
            int target = map * stride;
            for (int field = 0; field < fields; field++) {
                int to = target + start(field);
                for (int other = from(field); other < before; other++) {
                    float value = weight[source + field * before + other];
                    folded[to++] = symmetric && other > field ? value + weight[source + other * before + field] : value;
                }
            }
            folded[target + pairs] = bias[map];
        }
        return folded;
    }

    /** Folded weights as the left matrix that makes maps of products. */
    float[] forward(float[] folded) {
        int depth = pairs + 1;
        float[] panels = new float[MatrixKernels.panelsSize(mapRows(), depth)];
        for (int map = 0; map < maps; map++) {
            for (int pair = 0; pair < depth; pair++) {
                panels[MatrixKernels.panel(map, pair, depth)] = folded[map * stride + pair];
            }
        }
        return panels;
    }

    /** Folded weights as the left matrix that makes gradients by products of gradients by maps. */
    float[] backward(float[] folded) {
        float[] panels = new float[MatrixKernels.panelsSize(pairRows(), maps)];
        for (int map = 0; map < maps; map++) {
            for (int pair = 0; pair < pairs; pair++) {
                panels[MatrixKernels.panel(pair, map, maps)] = folded[map * stride + pair];
            }
        }
        return panels;
    }

    /** The gradient by folded weights as that by weights and biases. */
    void unfold(float[] folded, float[] weight, float[] bias) {
        for (int map = 0; map < maps; map++) {
            int target = map * fields * before;
            int source = map * stride;
            for (int field = 0; field < fields; field++) {
                int at = source + start(field);
                for (int other = from(field); other < before; other++) {
                    float value = folded[at++];
                    weight[target + field * before + other] = value;
                    if (symmetric) {
                        weight[target + other * before + field] = value;
                    }
                }
            }
            bias[map] = folded[source + pairs];
        }
    }
}

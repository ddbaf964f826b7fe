// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.model.kernel.MatrixKernels;

/**
 * Which products of a field and a map a layer needs, and its weights in that order.
 *
 * <p>In the first layer the maps are the fields: products are the same both ways, so each stands once, with the sum of both
 * weights. The bias is the weight of one further product that is always 1. Maps that are {@linkplain LiveMaps always 0} are not
 * there.
 */
final class PairPlan {
    /** Floats of a cache line. */
    private static final int LINE = 16;

    private final int fields;
    /** Maps of the layer and those that it reads, by their number among all; fields for the first layer. */
    private final int[] maps;

    private final int[] read;
    /** Number of all maps that the layer reads. */
    private final int allRead;
    /** Number of all maps that are not pooled; how many of those that are there come before the pooled ones. */
    private final int pooledFrom;

    private final int firstPooled;
    private final int kept;
    private final int storedRows;
    private final boolean symmetric;
    private final int pairs;
    private final int stride;

    /** Of the maps that are live. */
    PairPlan(InteractionShape shape, int layer, int width, LiveMaps live) {
        this(shape, layer, width, live, roundUp(live.count(layer), MatrixKernels.ROWS));
    }

    /** Of the maps that are live, which stand among others. */
    PairPlan(InteractionShape shape, int layer, int width, LiveMaps live, int storedRows) {
        this.storedRows = storedRows;
        this.fields = shape.fields();
        this.maps = Arrays.copyOf(live.maps(layer), live.count(layer));
        this.symmetric = layer == 0;
        this.read = symmetric
                ? IntStream.range(0, fields).toArray()
                : Arrays.copyOf(live.maps(layer - 1), live.kept(layer - 1));
        this.allRead = shape.before(layer);
        this.pooledFrom = shape.layers().get(layer).pooledFrom();
        this.firstPooled =
                (int) Arrays.stream(maps).filter(map -> map < pooledFrom).count();
        this.kept = live.kept(layer);
        this.pairs = start(fields);
        // Room for the bias, and for what a transposed row overwrites behind its end. An odd number of cache lines:
        // rows that were a multiple of a power of two apart would drive each other out of the cache.
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
        return read.length - from(field);
    }

    /** The first product of a field. */
    int start(int field) {
        return symmetric ? field * read.length - field * (field - 1) / 2 : field * read.length;
    }

    /** Maps that the layer reads. */
    int before() {
        return read.length;
    }

    /** How many of its maps, the first ones, the next layer reads. */
    int kept() {
        return kept;
    }

    /** The first of its maps that is pooled, and all behind it. */
    int firstPooled() {
        return firstPooled;
    }

    /** Place of a map among all pooled maps of the layer. */
    int pooledPlace(int map) {
        return maps[map] - pooledFrom;
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
        return roundUp(maps.length, MatrixKernels.ROWS);
    }

    int maps() {
        return maps.length;
    }

    /** Rows from the maps of one strip to those of the next, in memory. */
    int storedRows() {
        return storedRows;
    }

    /** Floats of folded weights. */
    int weights() {
        return mapRows() * stride;
    }

    /** Floats between two rows of weights, or of transposed products. */
    int stride() {
        return stride;
    }

    /** Weights of the products, {@code [mapRows, stride]}, from those of all, {@code [maps, fields * before]} and {@code [maps]}. */
    float[] fold(float[] weight, float[] bias) {
        float[] folded = new float[weights()];
        for (int map = 0; map < maps.length; map++) {
            int source = maps[map] * fields * allRead;
            int target = map * stride;
            for (int field = 0; field < fields; field++) {
                int to = target + start(field);
                for (int other = from(field); other < read.length; other++) {
                    float value = weight[source + field * allRead + read[other]];
                    folded[to++] =
                            symmetric && other > field ? value + weight[source + other * allRead + field] : value;
                }
            }
            folded[target + pairs] = bias[maps[map]];
        }
        return folded;
    }

    /** Folded weights as the left matrix that makes maps of products. */
    float[] forward(float[] folded) {
        int depth = pairs + 1;
        float[] panels = new float[MatrixKernels.panelsSize(mapRows(), depth)];
        for (int map = 0; map < maps.length; map++) {
            for (int pair = 0; pair < depth; pair++) {
                panels[MatrixKernels.panel(map, pair, depth)] = folded[map * stride + pair];
            }
        }
        return panels;
    }

    /** Folded weights as the left matrix that makes gradients by products of gradients by maps. */
    float[] backward(float[] folded) {
        float[] panels = new float[MatrixKernels.panelsSize(pairRows(), maps.length)];
        for (int map = 0; map < maps.length; map++) {
            for (int pair = 0; pair < pairs; pair++) {
                panels[MatrixKernels.panel(pair, map, maps.length)] = folded[map * stride + pair];
            }
        }
        return panels;
    }

    /** The gradient by folded weights as that by all weights and biases, which are 0 before. */
    void unfold(float[] folded, float[] weight, float[] bias) {
        for (int map = 0; map < maps.length; map++) {
            int target = maps[map] * fields * allRead;
            int source = map * stride;
            for (int field = 0; field < fields; field++) {
                int at = source + start(field);
                for (int other = from(field); other < read.length; other++) {
                    float value = folded[at++];
                    weight[target + field * allRead + read[other]] = value;
                    if (symmetric) {
                        weight[target + other * allRead + field] = value;
                    }
                }
            }
            bias[maps[map]] = folded[source + pairs];
        }
    }
}

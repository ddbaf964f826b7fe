// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.model.kernel.Parallel;

/**
 * Training steps of a compressed interaction network, one at a time: the forward pass, what the backward pass needs of it, and
 * that one. Memory is used again by the next step.
 *
 * <p>A layer is computed for the whole batch before the next one. Its maps that turn out to be 0 for the whole batch are not read
 * by the next layer, and their gradient is 0. As long as all numbers are finite, it changes no bit.
 */
public final class InteractionTraining {
    private final CompressedInteractions network;
    private final InteractionShape shape;
    private final int width;
    /** Of each layer the maps that are not 0 for the whole batch, once the layer is done. */
    final List<PairPlan> plans = new ArrayList<>();
    /** Weights as left matrices that make gradients by products of gradients by those maps. */
    final List<float[]> panels = new ArrayList<>();
    /** The maps of each layer, strip by strip. */
    final float[][] maps;

    float[] x = {};
    int rows;
    /** Memory of each part of the batch. */
    private final List<InteractionGradients> gradients = new ArrayList<>();

    /** Steps of that network. */
    public InteractionTraining(CompressedInteractions network) {
        this.network = network;
        this.shape = network.shape;
        this.width = network.width;
        this.maps = new float[network.wholePlans.size()][0];
    }

    /**
     * Crosses fields.
     *
     * @param input {@code [count, fields * dimension]}; unchanged until the backward pass
     * @param weights one a layer: {@code [maps, fields * maps before]}
     * @param biases one a layer: {@code [maps]}
     * @param parallel runs the parts of the batch
     * @return sums of the maps, {@code [count, shape.width()]}
     */
    public float[] forward(float[] input, int count, List<float[]> weights, List<float[]> biases, Parallel parallel) {
        float[] pooled = new float[count * shape.width()];
        keep(input, count);
        if (count == 0) {
            return pooled;
        }
        float[] largest = network.take(x, rows, weights, biases);
        float before = network.live.largestField(largest, 0);
        for (int layer = 0; layer < maps.length; layer++) {
            network.live.find(layer, largest, 0, before);
            before = train(layer, weights.get(layer), biases.get(layer), pooled, parallel);
        }
        return pooled;
    }

    private void keep(float[] input, int count) {
        plans.clear();
        panels.clear();
        x = input;
        rows = count;
        int parts = Strips.parts(rows);
        int strips = parts * stripsOfPart();
        for (int layer = 0; layer < maps.length; layer++) {
            int size = Math.multiplyExact(strips, network.wholePlans.get(layer).mapRows() * width);
            if (maps[layer].length < size) {
                maps[layer] = new float[size];
            }
        }
        while (gradients.size() < parts) {
            gradients.add(new InteractionGradients(network));
        }
    }

    /** Strips from one part of the batch to the next. */
    int stripsOfPart() {
        return PairPlan.roundUp(Strips.rowsOfPart(rows) * shape.dimension(), width) / width;
    }

    /** A layer of the whole batch; returns the largest value that the next one reads. */
    private float train(int layer, float[] weights, float[] biases, float[] pooled, Parallel parallel) {
        PairPlan plan = new PairPlan(shape, layer, width, network.live);
        float[] matrix = plan.forward(plan.fold(weights, biases));
        int parts = Strips.parts(rows);
        float[][] most = new float[parts][plan.maps()];
        parallel.run(parts, part -> train(layer, plan, matrix, part, pooled, most[part]));
        float mostKept = 0;
        if (shape.rectified()) {
            for (int part = 1; part < parts; part++) {
                for (int map = 0; map < plan.maps(); map++) {
                    most[0][map] = Math.max(most[0][map], most[part][map]);
                }
            }
            mostKept = network.live.drop(layer, most[0]);
        }
        PairPlan left = new PairPlan(shape, layer, width, network.live, plan.storedRows());
        if (left.maps() < plan.maps()) {
            parallel.run(parts, part -> leaveZerosOut(layer, plan, most[0], part));
        }
        plans.add(left);
        panels.add(left.backward(left.fold(weights, biases)));
        return mostKept;
    }

    private void train(int layer, PairPlan plan, float[] matrix, int part, float[] pooled, float[] most) {
        Strips strips = Strips.part(shape, rows, width, part);
        float[] fields = gradients.get(part).fields;
        float[] products = gradients.get(part).products;
        float[] y = maps[layer];
        int step = plan.storedRows() * width;
        int first = part * stripsOfPart();
        int column = shape.pooledAt(layer);
        for (int strip = 0; strip < strips.count(); strip++) {
            strips.read(x, strip, fields, 0);
            float[] before = layer == 0 ? fields : maps[layer - 1];
            int beforeAt =
                    layer == 0 ? 0 : (first + strip) * plans.get(layer - 1).storedRows() * width;
            int at = (first + strip) * step;
            network.layer(strips, strip, fields, plan, matrix, before, beforeAt, y, at, products);
            strips.pool(plan, y, at, strip, pooled, column);
        }
        for (int map = 0; shape.rectified() && map < most.length; map++) {
            most[map] = network.kernels.largest(y, first * step + map * width, step, strips.count());
        }
    }

    /** Moves the maps that are not 0 for the whole batch together. */
    private void leaveZerosOut(int layer, PairPlan plan, float[] most, int part) {
        Strips strips = Strips.part(shape, rows, width, part);
        float[] stored = maps[layer];
        for (int strip = 0; strip < strips.count(); strip++) {
            int at = (part * stripsOfPart() + strip) * plan.storedRows() * width;
            int to = at;
            for (int map = 0; map < plan.maps(); map++) {
                if (most[map] != 0) {
                    System.arraycopy(stored, at + map * width, stored, to, width);
                    to += width;
                }
            }
        }
    }

    /**
     * Back-propagates the last forward pass.
     *
     * @param pooled derivative by what the forward pass returned
     * @param weights receives the derivatives by the weights, one a layer
     * @param biases receives the derivatives by the biases, one a layer
     * @return the derivative by the fields, {@code [rows, fields * dimension]}
     */
    public float[] backward(float[] pooled, List<float[]> weights, List<float[]> biases, Parallel parallel) {
        if (plans.isEmpty()) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        float[] byFields = new float[rows * shape.fields() * shape.dimension()];
        int parts = Strips.parts(rows);
        parallel.run(parts, part -> gradients.get(part).backward(this, part, pooled, byFields));
        parallel.run(plans.size(), layer -> {
            PairPlan plan = plans.get(layer);
            float[] sum = gradients.get(0).weightGradients[layer];
            for (int part = 1; part < parts; part++) {
                float[] other = gradients.get(part).weightGradients[layer];
                for (int i = 0; i < plan.weights(); i++) {
                    sum[i] += other[i];
                }
            }
            plan.unfold(sum, weights.get(layer), biases.get(layer));
        });
        return byFields;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

/**
 * The compressed interaction network (xDeepFM, Lian et al. 2018, equation 6).
 *
 * <p>The products of fields and maps are by far the largest thing of the network, and needed for one matrix product only.
 * So they are made a strip of columns at a time, in cache, right before that product, and again for the backward pass:
 * they never exist as a whole. Parts of the batch are worked on in parallel; their sums are added in the order of the
 * parts, so threads do not change any bit. Maps that {@linkplain LiveMaps cannot be above 0} for any row of the batch are not
 * computed.
 */
public final class CompressedInteractions {
    final MatrixKernels kernels;
    final InteractionShape shape;
    final int width;
    final LiveMaps live;
    /** Plans of all maps: none needs more memory. */
    final List<PairPlan> wholePlans;

    final int mostPairs;
    final int mostMaps;

    /** Passes of that shape, one at a time. */
    public CompressedInteractions(MatrixKernels kernels, InteractionShape shape) {
        this.kernels = kernels;
        this.shape = shape;
        this.width = kernels.width();
        this.live = new LiveMaps(shape);
        live.findAll();
        this.wholePlans = plans();
        this.mostPairs = wholePlans.stream().mapToInt(PairPlan::stride).max().orElseThrow();
        this.mostMaps = Math.max(
                shape.fields(),
                wholePlans.stream().mapToInt(PairPlan::mapRows).max().orElseThrow());
    }

    /** Of the maps that are live. */
    private List<PairPlan> plans() {
        return IntStream.range(0, shape.layers().size())
                .mapToObj(layer -> new PairPlan(shape, layer, width, live))
                .toList();
    }

    /**
     * Takes weights as they are now.
     *
     * @return the largest absolute value of each field
     */
    float[] take(float[] x, int rows, List<float[]> weights, List<float[]> biases) {
        for (int layer = 0; layer < wholePlans.size(); layer++) {
            live.take(layer, weights.get(layer), 0, biases.get(layer), 0);
        }
        return largest(x, rows);
    }

    /** The largest absolute value of each field. */
    private float[] largest(float[] x, int rows) {
        float[] largest = new float[shape.fields()];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            for (int field = 0; field < largest.length; field++) {
                float most = largest[field];
                for (int end = at + shape.dimension(); at < end; at++) {
                    most = Math.max(most, Math.abs(x[at]));
                }
                largest[field] = most;
            }
        }
        return largest;
    }

    /**
     * Crosses fields, without a backward pass.
     *
     * @param x {@code [rows, fields * dimension]}
     * @param weights one a layer: {@code [maps, fields * maps before]}
     * @param biases one a layer: {@code [maps]}
     * @param parallel runs the parts of the batch
     * @return sums of the maps, {@code [rows, shape.width()]}
     */
    public float[] score(float[] x, int rows, List<float[]> weights, List<float[]> biases, Parallel parallel) {
        float[] pooled = new float[rows * shape.width()];
        live.find(take(x, rows, weights, biases));
        List<PairPlan> plans = plans();
        List<float[]> panels = new ArrayList<>();
        for (int layer = 0; layer < plans.size(); layer++) {
            PairPlan plan = plans.get(layer);
            panels.add(plan.forward(plan.fold(weights.get(layer), biases.get(layer))));
        }
        parallel.run(Strips.parts(rows), part -> {
            Strips strips = Strips.part(shape, rows, width, part);
            float[][] maps = new float[plans.size()][mostMaps * width];
            float[] fields = new float[shape.fields() * width];
            float[] products = new float[mostPairs * width];
            for (int strip = 0; strip < strips.count(); strip++) {
                strips.read(x, strip, fields, 0);
                float[] before = fields;
                for (int layer = 0; layer < plans.size(); layer++) {
                    layer(
                            strips,
                            strip,
                            fields,
                            plans.get(layer),
                            panels.get(layer),
                            before,
                            0,
                            maps[layer],
                            0,
                            products);
                    strips.pool(plans.get(layer), maps[layer], 0, strip, pooled, shape.pooledAt(layer));
                    before = maps[layer];
                }
            }
        });
        return pooled;
    }

    /** A layer of one strip. */
    void layer(
            Strips strips,
            int strip,
            float[] fields,
            PairPlan plan,
            float[] panels,
            float[] before,
            int beforeAt,
            float[] y,
            int at,
            float[] products) {
        for (int field = 0; field < shape.fields(); field++) {
            kernels.pairs(
                    fields,
                    field * width,
                    before,
                    beforeAt + plan.from(field) * width,
                    products,
                    plan.start(field) * width,
                    plan.count(field));
        }
        one(products, plan.pairs() * width, strips.used(strip));
        int rows = plan.mapRows();
        kernels.multiply(panels, 0, products, 0, width, y, at, width, rows, plan.pairs() + 1, false);
        if (shape.rectified()) {
            kernels.rectify(y, at, rows * width);
        }
    }

    /** The product that the bias belongs to: 1, and 0 in the padding. */
    private void one(float[] products, int at, int used) {
        Arrays.fill(products, at, at + used, 1);
        Arrays.fill(products, at + used, at + width, 0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

/**
 * Forward and backward pass of the compressed interaction network (xDeepFM, Lian et al. 2018, equation 6).
 *
 * <p>Maps that {@linkplain LiveMaps cannot be above 0} for any row of the batch are left out, with their gradient, which is 0.
 *
 * <p>The products of fields and maps are by far the largest thing of the network, and needed for one matrix product only.
 * So they are made a strip of columns at a time, in cache, right before that product, and again for the backward pass:
 * they never exist as a whole. Parts of the batch are worked on in parallel; their sums are added in the order of the
 * parts, so threads do not change any bit.
 */
public final class CompressedInteractions {
    /** Columns whose products are kept transposed at a time; a multiple of every strip's width. */
    private static final int GROUP = 128;

    private final MatrixKernels kernels;
    private final InteractionShape shape;
    private final int width;
    private final LiveMaps live;
    /** Plans of all maps: none needs more memory. */
    private final List<PairPlan> wholePlans;

    private final int mostPairs;
    private final int mostMaps;

    /** Passes of that shape. */
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
     * Weights of the live maps as left matrices, one a layer.
     *
     * @param plans of those maps
     * @param forward make maps of products
     * @param backward make gradients by products of gradients by maps; empty without a backward pass
     */
    private record Weights(List<PairPlan> plans, List<float[]> forward, List<float[]> backward) {}

    private Weights pack(float[] x, int rows, List<float[]> weights, List<float[]> biases, boolean training) {
        for (int layer = 0; layer < shape.layers().size(); layer++) {
            live.take(layer, weights.get(layer), 0, biases.get(layer), 0);
        }
        live.find(largest(x, rows));
        List<PairPlan> plans = plans();
        List<float[]> forward = new ArrayList<>();
        List<float[]> backward = new ArrayList<>();
        for (int layer = 0; layer < plans.size(); layer++) {
            PairPlan plan = plans.get(layer);
            float[] folded = plan.fold(weights.get(layer), biases.get(layer));
            forward.add(plan.forward(folded));
            if (training) {
                backward.add(plan.backward(folded));
            }
        }
        return new Weights(plans, forward, backward);
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

    /** What the backward pass needs of the forward pass; its memory is used again by the next one. */
    public final class Memory {
        private @Nullable Weights weights;
        private float[] x = new float[0];
        private int rows;
        private float[][] maps = new float[wholePlans.size()][0];
        private Scratch[] scratch = new Scratch[0];

        private void keep(float[] input, int count, Weights packed) {
            weights = packed;
            x = input;
            rows = count;
            int parts = Strips.parts(rows);
            int strips = parts * stripsOfPart(rows);
            for (int layer = 0; layer < maps.length; layer++) {
                int size = Math.multiplyExact(strips, wholePlans.get(layer).mapRows() * width);
                if (maps[layer].length < size) {
                    maps[layer] = new float[size];
                }
            }
            if (scratch.length < parts) {
                int from = scratch.length;
                scratch = Arrays.copyOf(scratch, parts);
                for (int part = from; part < parts; part++) {
                    scratch[part] = new Scratch();
                }
            }
        }
    }

    /** Memory for one training step at a time. */
    public Memory newMemory() {
        return new Memory();
    }

    private int stripsOfPart(int rows) {
        return PairPlan.roundUp(Strips.rowsOfPart(rows) * shape.dimension(), width) / width;
    }

    /**
     * Crosses fields.
     *
     * @param x {@code [rows, fields * dimension]}; unchanged until the backward pass, if there is one
     * @param weights one a layer: {@code [maps, fields * maps before]}
     * @param biases one a layer: {@code [maps]}
     * @param memory what the backward pass will need; null if there is none
     * @param parallel runs the parts of the batch
     * @return sums of the maps, {@code [rows, shape.width()]}
     */
    public float[] forward(
            float[] x,
            int rows,
            List<float[]> weights,
            List<float[]> biases,
            @Nullable Memory memory,
            Parallel parallel) {
        float[] pooled = new float[rows * shape.width()];
        if (rows == 0) {
            return pooled;
        }
        Weights packed = pack(x, rows, weights, biases, memory != null);
        if (memory != null) {
            memory.keep(x, rows, packed);
        }
        parallel.run(Strips.parts(rows), part -> {
            Strips strips = Strips.part(shape, rows, width, part);
            float[][] maps = memory != null ? memory.maps : new float[wholePlans.size()][mostMaps * width];
            float[] fields = new float[shape.fields() * width];
            float[] products = memory != null ? memory.scratch[part].products : new float[mostPairs * width];
            int first = memory != null ? part * stripsOfPart(rows) : 0;
            for (int strip = 0; strip < strips.count(); strip++) {
                strips.read(x, strip, fields, 0);
                forward(strips, strip, fields, packed, maps, memory != null ? first + strip : 0, products, pooled);
            }
        });
        return pooled;
    }

    private void forward(
            Strips strips,
            int strip,
            float[] fields,
            Weights weights,
            float[][] maps,
            int place,
            float[] products,
            float[] pooled) {
        float[] before = fields;
        int beforeAt = 0;
        int column = 0;
        for (int layer = 0; layer < weights.plans.size(); layer++) {
            PairPlan plan = weights.plans.get(layer);
            int rows = plan.mapRows();
            int at = place * rows * width;
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
            float[] y = maps[layer];
            kernels.multiply(
                    weights.forward.get(layer), 0, products, 0, width, y, at, width, rows, plan.pairs() + 1, false);
            if (shape.rectified()) {
                kernels.rectify(y, at, rows * width);
            }
            InteractionLayer sizes = shape.layers().get(layer);
            strips.pool(plan, y, at, strip, pooled, column);
            column += sizes.maps() - sizes.pooledFrom();
            before = y;
            beforeAt = at;
        }
    }

    /** The product that the bias belongs to: 1, and 0 in the padding. */
    private void one(float[] products, int at, int used) {
        Arrays.fill(products, at, at + used, 1);
        Arrays.fill(products, at + used, at + width, 0);
    }

    /** Memory of a part, used for one group of strips at a time. */
    private final class Scratch {
        final int strips = GROUP / width;
        final float[] products = new float[mostPairs * width];
        final float[] fields = new float[strips * shape.fields() * width];
        final float[] fieldGradients = new float[fields.length];
        final float[] gradients = new float[strips * mostMaps * width];
        final float[] beforeGradients = new float[strips * mostMaps * width];
        final float[] transposedGradients = new float[MatrixKernels.panelsSize(mostMaps, GROUP)];
        final float[] transposedMaps = new float[width * PairPlan.roundUp(mostMaps + width, width)];
        final float[] transposedProducts = new float[GROUP * mostPairs];
        final float[][] weightGradients = new float[wholePlans.size()][];

        Scratch() {
            for (int layer = 0; layer < weightGradients.length; layer++) {
                PairPlan plan = wholePlans.get(layer);
                weightGradients[layer] = new float[plan.mapRows() * plan.stride()];
            }
        }
    }

    /**
     * Back-propagates the last forward pass into that memory.
     *
     * @param pooled derivative by what the forward pass returned
     * @param weights receives the derivatives by the weights, one a layer
     * @param biases receives the derivatives by the biases, one a layer
     * @return the derivative by the fields, {@code [rows, fields * dimension]}
     */
    public float[] backward(
            Memory memory, float[] pooled, List<float[]> weights, List<float[]> biases, Parallel parallel) {
        int rows = memory.rows;
        Weights packed = memory.weights;
        if (packed == null) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        float[] x = new float[rows * shape.fields() * shape.dimension()];
        int parts = Strips.parts(rows);
        parallel.run(parts, part -> backward(memory, packed, part, pooled, x));
        parallel.run(packed.plans.size(), layer -> {
            float[] sum = memory.scratch[0].weightGradients[layer];
            for (int part = 1; part < parts; part++) {
                float[] other = memory.scratch[part].weightGradients[layer];
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += other[i];
                }
            }
            packed.plans.get(layer).unfold(sum, weights.get(layer), biases.get(layer));
        });
        return x;
    }

    private void backward(Memory memory, Weights weights, int part, float[] pooled, float[] x) {
        Strips strips = Strips.part(shape, memory.rows, width, part);
        Scratch scratch = memory.scratch[part];
        for (float[] gradient : scratch.weightGradients) {
            Arrays.fill(gradient, 0);
        }
        int place = part * stripsOfPart(memory.rows);
        for (int from = 0; from < strips.count(); from += scratch.strips) {
            int count = Math.min(scratch.strips, strips.count() - from);
            for (int strip = 0; strip < count; strip++) {
                strips.read(memory.x, from + strip, scratch.fields, strip * shape.fields() * width);
            }
            Arrays.fill(scratch.fieldGradients, 0);
            int column = shape.width();
            for (int layer = weights.plans.size() - 1; layer >= 0; layer--) {
                InteractionLayer sizes = shape.layers().get(layer);
                column -= sizes.maps() - sizes.pooledFrom();
                for (int strip = 0; strip < count; strip++) {
                    mapGradients(
                            memory, scratch, weights, strips, from, strip, count * width, place, layer, column, pooled);
                    productGradients(memory, scratch, weights, strip, place + from + strip, layer);
                    transposeProducts(
                            memory, scratch, weights, strips.used(from + strip), strip, place + from + strip, layer);
                }
                PairPlan plan = weights.plans.get(layer);
                for (int pair = 0; pair <= plan.pairs(); pair += width) {
                    kernels.multiply(
                            scratch.transposedGradients,
                            0,
                            scratch.transposedProducts,
                            pair,
                            plan.stride(),
                            scratch.weightGradients[layer],
                            pair,
                            plan.stride(),
                            plan.mapRows(),
                            count * width,
                            true);
                }
            }
            for (int strip = 0; strip < count; strip++) {
                strips.write(scratch.fieldGradients, strip * shape.fields() * width, from + strip, x);
            }
        }
    }

    /** The derivative by a layer's maps before activation, as it is and transposed. */
    private void mapGradients(
            Memory memory,
            Scratch scratch,
            Weights weights,
            Strips strips,
            int from,
            int strip,
            int depth,
            int place,
            int layer,
            int column,
            float[] pooled) {
        PairPlan plan = weights.plans.get(layer);
        int rows = plan.mapRows();
        float[] gradients = scratch.gradients;
        int at = strip * mostMaps * width;
        Arrays.fill(gradients, at, at + rows * width, 0);
        strips.unpool(plan, pooled, column, from + strip, gradients, at);
        if (layer < weights.plans.size() - 1) {
            for (int i = 0; i < plan.kept() * width; i++) {
                gradients[at + i] += scratch.beforeGradients[at + i];
            }
        }
        if (shape.rectified()) {
            int yAt = (place + from + strip) * rows * width;
            kernels.rectifyGradient(memory.maps[layer], yAt, gradients, at, rows * width);
        }
        panels(gradients, at, rows, scratch.transposedGradients, strip * width, depth);
    }

    private void panels(float[] source, int from, int rows, float[] target, int k, int depth) {
        for (int panel = 0; panel < rows; panel += MatrixKernels.PANEL) {
            int to = MatrixKernels.panel(panel, k, depth);
            int here = Math.min(MatrixKernels.PANEL, rows - panel);
            for (int j = 0; j < width; j++) {
                for (int r = 0; r < here; r++) {
                    target[to + j * MatrixKernels.PANEL + r] = source[from + (panel + r) * width + j];
                }
            }
        }
    }

    private void transpose(float[] source, int from, int rows, float[] target, int to, int step) {
        for (int r = 0; r < rows; r++) {
            for (int j = 0; j < width; j++) {
                target[to + j * step + r] = source[from + r * width + j];
            }
        }
    }

    /** The derivative by the products, and what it says of fields and maps. */
    private void productGradients(Memory memory, Scratch scratch, Weights weights, int strip, int place, int layer) {
        PairPlan plan = weights.plans.get(layer);
        kernels.multiply(
                weights.backward.get(layer),
                0,
                scratch.gradients,
                strip * mostMaps * width,
                width,
                scratch.products,
                0,
                width,
                plan.pairRows(),
                plan.maps(),
                false);
        int fieldsAt = strip * shape.fields() * width;
        int at = strip * mostMaps * width;
        float[] before = layer == 0 ? scratch.fields : memory.maps[layer - 1];
        int beforeAt =
                layer == 0 ? fieldsAt : place * weights.plans.get(layer - 1).mapRows() * width;
        // Gradients by what is read stand where it stands, only in another array.
        float[] gradients = new float[plan.before() * width];
        for (int field = 0; field < shape.fields(); field++) {
            kernels.pairsGradient(
                    scratch.products,
                    plan.start(field) * width,
                    scratch.fields,
                    scratch.fieldGradients,
                    fieldsAt + field * width,
                    before,
                    beforeAt + plan.from(field) * width,
                    gradients,
                    plan.from(field) * width,
                    plan.count(field));
        }
        if (layer == 0) {
            for (int i = 0; i < gradients.length; i++) {
                scratch.fieldGradients[fieldsAt + i] += gradients[i];
            }
        } else {
            System.arraycopy(gradients, 0, scratch.beforeGradients, at, gradients.length);
        }
    }

    private void transposeProducts(
            Memory memory, Scratch scratch, Weights weights, int used, int strip, int place, int layer) {
        PairPlan plan = weights.plans.get(layer);
        int fieldsAt = strip * shape.fields() * width;
        float[] before = layer == 0 ? scratch.fields : memory.maps[layer - 1];
        int beforeAt =
                layer == 0 ? fieldsAt : place * weights.plans.get(layer - 1).mapRows() * width;
        int step = PairPlan.roundUp(plan.before() + width, width);
        transpose(before, beforeAt, plan.before(), scratch.transposedMaps, 0, step);
        float[] target = scratch.transposedProducts;
        int at = strip * width * plan.stride();
        for (int field = 0; field < shape.fields(); field++) {
            kernels.transposedPairs(
                    scratch.fields,
                    fieldsAt + field * width,
                    scratch.transposedMaps,
                    plan.from(field),
                    step,
                    target,
                    at + plan.start(field),
                    plan.stride(),
                    plan.count(field));
        }
        for (int j = 0; j < width; j++) {
            target[at + j * plan.stride() + plan.pairs()] = j < used ? 1 : 0;
        }
    }
}

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
 * <p>Maps that {@linkplain LiveMaps cannot be above 0} for any row of the batch are not computed. While training, those that turn
 * out to be 0 for the whole batch are not read by the next layer; their gradient is 0.
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
        /** Of each layer the maps that are not 0 for the whole batch, once the layer is done. */
        private final List<PairPlan> plans = new ArrayList<>();
        /** Weights as left matrices that make gradients by products of gradients by those maps. */
        private final List<float[]> backward = new ArrayList<>();

        private float[] x = new float[0];
        private int rows;
        private float[][] maps = new float[wholePlans.size()][0];
        private Scratch[] scratch = new Scratch[0];

        private void keep(float[] input, int count) {
            plans.clear();
            backward.clear();
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
        for (int layer = 0; layer < wholePlans.size(); layer++) {
            live.take(layer, weights.get(layer), 0, biases.get(layer), 0);
        }
        float[] largest = largest(x, rows);
        if (memory == null) {
            score(x, rows, largest, weights, biases, pooled, parallel);
        } else {
            memory.keep(x, rows);
            float before = live.largestField(largest, 0);
            for (int layer = 0; layer < wholePlans.size(); layer++) {
                live.find(layer, largest, 0, before);
                before = train(memory, layer, weights.get(layer), biases.get(layer), pooled, parallel);
            }
        }
        return pooled;
    }

    /** All layers strip by strip: no map is kept. */
    private void score(
            float[] x,
            int rows,
            float[] largest,
            List<float[]> weights,
            List<float[]> biases,
            float[] pooled,
            Parallel parallel) {
        live.find(largest);
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
                    forward(
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
                    strips.pool(plans.get(layer), maps[layer], 0, strip, pooled, firstPooled(layer));
                    before = maps[layer];
                }
            }
        });
    }

    private int firstPooled(int layer) {
        return shape.layers().subList(0, layer).stream()
                .mapToInt(sizes -> sizes.maps() - sizes.pooledFrom())
                .sum();
    }

    /** A layer of the whole batch; returns the largest value that the next one reads. */
    private float train(Memory memory, int layer, float[] weights, float[] biases, float[] pooled, Parallel parallel) {
        PairPlan plan = new PairPlan(shape, layer, width, live);
        float[] panels = plan.forward(plan.fold(weights, biases));
        int parts = Strips.parts(memory.rows);
        float[][] most = new float[parts][plan.maps()];
        parallel.run(parts, part -> train(memory, layer, plan, panels, part, pooled, most[part]));
        float mostKept = 0;
        if (shape.rectified()) {
            for (int part = 1; part < parts; part++) {
                for (int map = 0; map < plan.maps(); map++) {
                    most[0][map] = Math.max(most[0][map], most[part][map]);
                }
            }
            mostKept = live.drop(layer, most[0]);
        }
        PairPlan left = new PairPlan(shape, layer, width, live, plan.storedRows());
        if (left.maps() < plan.maps()) {
            parallel.run(parts, part -> leaveZerosOut(memory, layer, plan, most[0], part));
        }
        memory.plans.add(left);
        memory.backward.add(left.backward(left.fold(weights, biases)));
        return mostKept;
    }

    private void train(
            Memory memory, int layer, PairPlan plan, float[] panels, int part, float[] pooled, float[] most) {
        Strips strips = Strips.part(shape, memory.rows, width, part);
        Scratch scratch = memory.scratch[part];
        float[] y = memory.maps[layer];
        int step = plan.storedRows() * width;
        int first = part * stripsOfPart(memory.rows);
        int column = firstPooled(layer);
        for (int strip = 0; strip < strips.count(); strip++) {
            strips.read(memory.x, strip, scratch.fields, 0);
            float[] before = layer == 0 ? scratch.fields : memory.maps[layer - 1];
            int beforeAt = layer == 0
                    ? 0
                    : (first + strip) * memory.plans.get(layer - 1).storedRows() * width;
            int at = (first + strip) * step;
            forward(strips, strip, scratch.fields, plan, panels, before, beforeAt, y, at, scratch.products);
            strips.pool(plan, y, at, strip, pooled, column);
        }
        for (int map = 0; shape.rectified() && map < most.length; map++) {
            most[map] = kernels.largest(y, first * step + map * width, step, strips.count());
        }
    }

    /** Moves the maps that are not 0 for the whole batch together. */
    private void leaveZerosOut(Memory memory, int layer, PairPlan plan, float[] most, int part) {
        Strips strips = Strips.part(shape, memory.rows, width, part);
        float[] maps = memory.maps[layer];
        for (int strip = 0; strip < strips.count(); strip++) {
            int at = (part * stripsOfPart(memory.rows) + strip) * plan.storedRows() * width;
            int to = at;
            for (int map = 0; map < plan.maps(); map++) {
                if (most[map] != 0) {
                    System.arraycopy(maps, at + map * width, maps, to, width);
                    to += width;
                }
            }
        }
    }

    /** A layer of one strip. */
    private void forward(
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
                weightGradients[layer] = new float[plan.weights()];
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
        if (memory.plans.isEmpty()) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        float[] x = new float[rows * shape.fields() * shape.dimension()];
        int parts = Strips.parts(rows);
        parallel.run(parts, part -> backward(memory, part, pooled, x));
        parallel.run(memory.plans.size(), layer -> {
            PairPlan plan = memory.plans.get(layer);
            float[] sum = memory.scratch[0].weightGradients[layer];
            for (int part = 1; part < parts; part++) {
                float[] other = memory.scratch[part].weightGradients[layer];
                for (int i = 0; i < plan.weights(); i++) {
                    sum[i] += other[i];
                }
            }
            plan.unfold(sum, weights.get(layer), biases.get(layer));
        });
        return x;
    }

    private void backward(Memory memory, int part, float[] pooled, float[] x) {
        Strips strips = Strips.part(shape, memory.rows, width, part);
        Scratch scratch = memory.scratch[part];
        for (int layer = 0; layer < memory.plans.size(); layer++) {
            Arrays.fill(
                    scratch.weightGradients[layer], 0, memory.plans.get(layer).weights(), 0);
        }
        int place = part * stripsOfPart(memory.rows);
        for (int from = 0; from < strips.count(); from += scratch.strips) {
            int count = Math.min(scratch.strips, strips.count() - from);
            for (int strip = 0; strip < count; strip++) {
                strips.read(memory.x, from + strip, scratch.fields, strip * shape.fields() * width);
            }
            Arrays.fill(scratch.fieldGradients, 0);
            int column = shape.width();
            for (int layer = memory.plans.size() - 1; layer >= 0; layer--) {
                InteractionLayer sizes = shape.layers().get(layer);
                column -= sizes.maps() - sizes.pooledFrom();
                for (int strip = 0; strip < count; strip++) {
                    mapGradients(memory, scratch, strips, from, strip, count * width, place, layer, column, pooled);
                    productGradients(memory, scratch, strip, place + from + strip, layer);
                    transposeProducts(memory, scratch, strips.used(from + strip), strip, place + from + strip, layer);
                }
                PairPlan plan = memory.plans.get(layer);
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
            Strips strips,
            int from,
            int strip,
            int depth,
            int place,
            int layer,
            int column,
            float[] pooled) {
        PairPlan plan = memory.plans.get(layer);
        int rows = plan.mapRows();
        float[] gradients = scratch.gradients;
        int at = strip * mostMaps * width;
        Arrays.fill(gradients, at, at + rows * width, 0);
        strips.unpool(plan, pooled, column, from + strip, gradients, at);
        if (layer < memory.plans.size() - 1) {
            for (int i = 0; i < plan.kept() * width; i++) {
                gradients[at + i] += scratch.beforeGradients[at + i];
            }
        }
        if (shape.rectified()) {
            int yAt = (place + from + strip) * plan.storedRows() * width;
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
    private void productGradients(Memory memory, Scratch scratch, int strip, int place, int layer) {
        PairPlan plan = memory.plans.get(layer);
        kernels.multiply(
                memory.backward.get(layer),
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
                layer == 0 ? fieldsAt : place * memory.plans.get(layer - 1).storedRows() * width;
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

    private void transposeProducts(Memory memory, Scratch scratch, int used, int strip, int place, int layer) {
        PairPlan plan = memory.plans.get(layer);
        int fieldsAt = strip * shape.fields() * width;
        float[] before = layer == 0 ? scratch.fields : memory.maps[layer - 1];
        int beforeAt =
                layer == 0 ? fieldsAt : place * memory.plans.get(layer - 1).storedRows() * width;
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import java.util.Arrays;
import org.sllmr.model.kernel.MatrixKernels;

/** The backward pass of a part of the batch through a compressed interaction network, some strips at a time. */
final class InteractionGradients {
    /** Columns whose products are kept transposed at a time; a multiple of every strip's width. */
    private static final int GROUP = 128;

    private final MatrixKernels kernels;
    private final InteractionShape shape;
    private final int width;
    private final int mostMaps;
    final float[] products;
    final float[] fields;
    private final float[] fieldGradients;
    private final float[] gradients;
    private final float[] beforeGradients;
    private final float[] transposedGradients;
    private final float[] transposedMaps;
    private final float[] transposedProducts;
    /** Of each layer, as {@link PairPlan#fold} arranges weights. */
    final float[][] weightGradients;

    InteractionGradients(CompressedInteractions network) {
        this.kernels = network.kernels;
        this.shape = network.shape;
        this.width = network.width;
        this.mostMaps = network.mostMaps;
        int strips = GROUP / width;
        this.products = new float[network.mostPairs * width];
        this.fields = new float[strips * shape.fields() * width];
        this.fieldGradients = new float[fields.length];
        this.gradients = new float[strips * mostMaps * width];
        this.beforeGradients = new float[strips * mostMaps * width];
        this.transposedGradients = new float[MatrixKernels.panelsSize(mostMaps, GROUP)];
        this.transposedMaps = new float[width * PairPlan.roundUp(mostMaps + width, width)];
        this.transposedProducts = new float[GROUP * network.mostPairs];
        this.weightGradients = new float[network.wholePlans.size()][];
        for (int layer = 0; layer < weightGradients.length; layer++) {
            weightGradients[layer] = new float[network.wholePlans.get(layer).weights()];
        }
    }

    /**
     * Back-propagates a step.
     *
     * @param pooled derivative by the sums of the maps
     * @param x receives the derivative by the fields
     */
    void backward(InteractionTraining training, int part, float[] pooled, float[] x) {
        Strips strips = Strips.part(shape, training.rows, width, part);
        for (int layer = 0; layer < training.plans.size(); layer++) {
            Arrays.fill(weightGradients[layer], 0, training.plans.get(layer).weights(), 0);
        }
        int place = part * training.stripsOfPart();
        for (int from = 0; from < strips.count(); from += GROUP / width) {
            int count = Math.min(GROUP / width, strips.count() - from);
            for (int strip = 0; strip < count; strip++) {
                strips.read(training.x, from + strip, fields, strip * shape.fields() * width);
            }
            Arrays.fill(fieldGradients, 0);
            for (int layer = training.plans.size() - 1; layer >= 0; layer--) {
                int column = shape.pooledAt(layer);
                for (int strip = 0; strip < count; strip++) {
                    mapGradients(training, strips, from, strip, count * width, place, layer, column, pooled);
                    productGradients(training, strip, place + from + strip, layer);
                    transposeProducts(training, strips.used(from + strip), strip, place + from + strip, layer);
                }
                PairPlan plan = training.plans.get(layer);
                for (int pair = 0; pair <= plan.pairs(); pair += width) {
                    kernels.multiply(
                            transposedGradients,
                            0,
                            transposedProducts,
                            pair,
                            plan.stride(),
                            weightGradients[layer],
                            pair,
                            plan.stride(),
                            plan.mapRows(),
                            count * width,
                            true);
                }
            }
            for (int strip = 0; strip < count; strip++) {
                strips.write(fieldGradients, strip * shape.fields() * width, from + strip, x);
            }
        }
    }

    /** The derivative by a layer's maps before activation, as it is and transposed. */
    private void mapGradients(
            InteractionTraining training,
            Strips strips,
            int from,
            int strip,
            int depth,
            int place,
            int layer,
            int column,
            float[] pooled) {
        PairPlan plan = training.plans.get(layer);
        int rows = plan.mapRows();
        int at = strip * mostMaps * width;
        Arrays.fill(gradients, at, at + rows * width, 0);
        strips.unpool(plan, pooled, column, from + strip, gradients, at);
        if (layer < training.plans.size() - 1) {
            for (int i = 0; i < plan.kept() * width; i++) {
                gradients[at + i] += beforeGradients[at + i];
            }
        }
        if (shape.rectified()) {
            int yAt = (place + from + strip) * plan.storedRows() * width;
            kernels.rectifyGradient(training.maps[layer], yAt, gradients, at, rows * width);
        }
        panels(gradients, at, rows, transposedGradients, strip * width, depth);
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
    private void productGradients(InteractionTraining training, int strip, int place, int layer) {
        PairPlan plan = training.plans.get(layer);
        kernels.multiply(
                training.panels.get(layer),
                0,
                gradients,
                strip * mostMaps * width,
                width,
                products,
                0,
                width,
                plan.pairRows(),
                plan.maps(),
                false);
        int fieldsAt = strip * shape.fields() * width;
        int at = strip * mostMaps * width;
        float[] before = layer == 0 ? fields : training.maps[layer - 1];
        int beforeAt =
                layer == 0 ? fieldsAt : place * training.plans.get(layer - 1).storedRows() * width;
        // Gradients by what is read stand where it stands, only in another array.
        float[] ofBefore = new float[plan.before() * width];
        for (int field = 0; field < shape.fields(); field++) {
            kernels.pairsGradient(
                    products,
                    plan.start(field) * width,
                    fields,
                    fieldGradients,
                    fieldsAt + field * width,
                    before,
                    beforeAt + plan.from(field) * width,
                    ofBefore,
                    plan.from(field) * width,
                    plan.count(field));
        }
        if (layer == 0) {
            for (int i = 0; i < ofBefore.length; i++) {
                fieldGradients[fieldsAt + i] += ofBefore[i];
            }
        } else {
            System.arraycopy(ofBefore, 0, beforeGradients, at, ofBefore.length);
        }
    }

    private void transposeProducts(InteractionTraining training, int used, int strip, int place, int layer) {
        PairPlan plan = training.plans.get(layer);
        int fieldsAt = strip * shape.fields() * width;
        float[] before = layer == 0 ? fields : training.maps[layer - 1];
        int beforeAt =
                layer == 0 ? fieldsAt : place * training.plans.get(layer - 1).storedRows() * width;
        int step = PairPlan.roundUp(plan.before() + width, width);
        transpose(before, beforeAt, plan.before(), transposedMaps, 0, step);
        float[] target = transposedProducts;
        int at = strip * width * plan.stride();
        for (int field = 0; field < shape.fields(); field++) {
            kernels.transposedPairs(
                    fields,
                    fieldsAt + field * width,
                    transposedMaps,
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

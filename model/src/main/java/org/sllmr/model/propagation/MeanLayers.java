// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.backbone.Propagation;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.table.EmbeddingTables;

/**
 * The mean of the layers of a light graph convolution.
 *
 * <p>With the normalized adjacency A, the mean of layers 0 to K is computed as {@code (E + A (E + A (E + ...))) / (K + 1)}.
 * A batch reads few rows, so the last product is made for these alone. The matrix of the whole is symmetric, so the backward
 * pass is the same sum over the derivatives; there the first product has few rows that are not zero.
 */
final class MeanLayers extends PropagatedRows {
    private final float factor;
    private @Nullable LayerPass pass;
    private float[] trained = new float[0];
    private float[] ping = new float[0];
    private float[] pong = new float[0];

    MeanLayers(
            Kernels kernels,
            FeatureSchema schema,
            EmbeddingTables tables,
            Propagation settings,
            int length,
            Parallel parallel) {
        super(kernels, schema, tables, settings, length, parallel);
        this.factor = 1f / (settings.layers() + 1);
    }

    @Override
    void start() {
        int size = graph().size() * tables.stride();
        pass = new LayerPass(kernels, graph(), tables.stride(), length, parallel);
        trained = new float[size];
        ping = new float[size];
        pong = new float[size];
    }

    private LayerPass layer() {
        return Objects.requireNonNull(pass);
    }

    @Override
    void write(int[] nodes, int count, float[] target) {
        layer().toRows(nodes, count, before(), trained, factor, target);
    }

    @Override
    void writeAll(float[] target) {
        layer().allToRows(before(), trained, factor, target);
    }

    /** What the last product is made of. */
    private float[] before() {
        int stride = tables.stride();
        float[] rows = tables.rows().values();
        layer().pieces((from, to) -> {
            for (int node = from; node < to; node++) {
                System.arraycopy(rows, graph().rows()[node] * stride, trained, node * stride, stride);
            }
        });
        float[] source = trained;
        for (int k = 1; k < settings().layers(); k++) {
            float[] target = k % 2 == 0 ? pong : ping;
            layer().all(source, trained, 1, target);
            source = target;
        }
        return source;
    }

    @Override
    void derive(boolean[] marked, float[] derivatives, float[] result) {
        int layers = settings().layers();
        float[] source = derivatives;
        for (int k = 1; k <= layers; k++) {
            boolean last = k == layers;
            float[] target = last ? result : k % 2 == 0 ? pong : ping;
            if (k == 1) {
                layer().ofMarked(marked, source, derivatives, last ? factor : 1, target);
            } else {
                layer().all(source, derivatives, last ? factor : 1, target);
            }
            source = target;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.batch;

import org.sllmr.model.kernel.Products;
import org.sllmr.model.schema.MeasuredVectors;

/**
 * The vectors of a history's items, scaled to length 1, as products of matrices want them.
 *
 * @param vectors those of all items
 * @param packed the history's, those without a direction left out
 * @param count how many those are
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
record HistoryUnits(MeasuredVectors vectors, float[] packed, int count) {
    /** Those of the items {@code [from, to)}. */
    static HistoryUnits of(MeasuredVectors vectors, int[] history, int from, int to) {
        int width = vectors.column().width();
        float[] units = new float[(to - from) * width];
        int count = 0;
        for (int i = from; i < to; i++) {
            int item = history[i];
            if (vectors.points(item)) {
                for (int d = 0; d < width; d++) {
                    units[count * width + d] =
                            vectors.column().values()[item * width + d] * vectors.inverseLengths()[item];
                }
                count++;
            }
        }
        float[] packed = new float[size(vectors, count)];
        Products.fastest().pack(units, 0, width, count, packed, 0);
        return new HistoryUnits(vectors, packed, count);
    }

    /** Floats of so many packed vectors. */
    static int size(MeasuredVectors vectors, int count) {
        return Products.fastest().packedSize(vectors.column().width(), count) + Products.SLACK;
    }

    /** Floats that {@link #nearest} needs for so many items. */
    int floats(int items) {
        return items * Math.max(1, count);
    }

    /**
     * The largest cosine of each of consecutive items with the history's; NaN if there is none.
     *
     * @param first the first item
     * @param items how many
     * @param values receives {@code [items]} in front, and has room for {@link #floats}
     */
    void nearest(int first, int items, float[] values) {
        int width = vectors.column().width();
        if (count > 0) {
            Products.fastest()
                    .multiplyPacked(
                            vectors.column().values(),
                            first * width,
                            width,
                            packed,
                            0,
                            values,
                            0,
                            count,
                            items,
                            width,
                            count,
                            false);
        }
        for (int i = 0; i < items; i++) {
            float best = Float.NaN;
            if (vectors.points(first + i)) {
                for (int j = i * count; j < (i + 1) * count; j++) {
                    float cosine = values[j] * vectors.inverseLengths()[first + i];
                    best = cosine <= best ? best : cosine;
                }
            }
            // No later item's products are here.
            values[i] = best;
        }
    }
}

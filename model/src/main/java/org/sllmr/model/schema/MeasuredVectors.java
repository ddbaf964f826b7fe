// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.data.VectorColumn;
import org.sllmr.model.kernel.Products;

/**
 * Vectors with their lengths, for cosines.
 *
 * @param column the vectors
 * @param inverseLengths one over the length of each vector; 0 for a vector of zeros, which has no cosine
 */
public record MeasuredVectors(VectorColumn column, float[] inverseLengths) {
    /** Measures the vectors. */
    public static MeasuredVectors of(VectorColumn column) {
        float[] inverse = new float[column.rows()];
        float[] values = column.values();
        for (int row = 0; row < inverse.length; row++) {
            double squares = 0;
            for (int i = row * column.width(); i < (row + 1) * column.width(); i++) {
                squares += (double) values[i] * values[i];
            }
            inverse[row] = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
        }
        return new MeasuredVectors(column, inverse);
    }

    /** Whether a row has a vector with a direction. */
    public boolean points(int row) {
        return row >= 0 && row < inverseLengths.length && inverseLengths[row] > 0;
    }

    /**
     * The largest cosine of a row's vector with those of others; NaN if there is none.
     *
     * @param others rows, those of {@code [from, to)}
     */
    public float nearest(int row, int[] others, int from, int to) {
        float best = Float.NaN;
        if (points(row)) {
            int width = column.width();
            for (int i = from; i < to; i++) {
                if (points(others[i])) {
                    float dot = Products.fastest()
                            .dot(column.values(), row * width, column.values(), others[i] * width, width);
                    float cosine = dot * inverseLengths[row] * inverseLengths[others[i]];
                    best = cosine <= best ? best : cosine;
                }
            }
        }
        return best;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.Arrays;

/** Plain Java loops; also the definition that the SIMD kernels are tested against. */
final class PlainKernels extends Kernels {
    @Override
    public String name() {
        return Simd.PLAIN;
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void gather(
            float[] table,
            int stride,
            int[] rows,
            float[] scales,
            int from,
            int to,
            float[] target,
            int at,
            int length) {
        Arrays.fill(target, at, at + length, 0);
        for (int e = from; e < to; e++) {
            int row = rows[e] * stride;
            float scale = scales[e];
            for (int d = 0; d < length; d++) {
                target[at + d] += scale * table[row + d];
            }
        }
    }

    @Override
    public void scatter(
            float[] source,
            int at,
            int length,
            int[] rows,
            float[] scales,
            int from,
            int to,
            float[] table,
            int stride) {
        for (int e = from; e < to; e++) {
            int row = rows[e] * stride;
            float scale = scales[e];
            for (int d = 0; d < length; d++) {
                table[row + d] += scale * source[at + d];
            }
        }
    }

    @Override
    public void addNeighbours(
            float[] table,
            int stride,
            int[] rows,
            float[] scales,
            int from,
            int to,
            float[] base,
            int baseAt,
            float factor,
            float[] target,
            int at,
            int length) {
        for (int d = 0; d < length; d++) {
            float sum = base[baseAt + d];
            for (int e = from; e < to; e++) {
                sum += scales[e] * table[rows[e] * stride + d];
            }
            target[at + d] = factor * sum;
        }
    }

    @Override
    public void add(float[] source, int from, float[] target, int to, int length) {
        for (int d = 0; d < length; d++) {
            target[to + d] += source[from + d];
        }
    }

    @Override
    public void adam(
            AdamConstants constants,
            float[] weights,
            float[] first,
            float[] second,
            int at,
            float[] gradient,
            int gradientAt,
            int length,
            float stepSize,
            float inverseRoot,
            float shrink) {
        for (int d = 0; d < length; d++) {
            step(constants, weights, first, second, at + d, gradient[gradientAt + d], stepSize, inverseRoot, shrink);
        }
    }

    @Override
    public void adamWithoutGradient(
            AdamConstants constants,
            float[] weights,
            float[] first,
            float[] second,
            int at,
            int length,
            int from,
            int to,
            float[] stepSizes,
            float[] inverseRoots,
            float[] shrinks) {
        for (int step = from; step < to; step++) {
            for (int d = 0; d < length; d++) {
                step(constants, weights, first, second, at + d, 0, stepSizes[step], inverseRoots[step], shrinks[step]);
            }
        }
    }

    private static void step(
            AdamConstants constants,
            float[] weights,
            float[] first,
            float[] second,
            int at,
            float data,
            float stepSize,
            float inverseRoot,
            float shrink) {
        float w = weights[at] * shrink;
        float g = normal(data + constants.decay() * w, AdamConstants.SMALLEST_GRADIENT);
        float m = first[at];
        m = normal(m + constants.complement1() * (g - m), AdamConstants.SMALLEST_FIRST);
        float v = second[at] * constants.beta2() + constants.complement2() * g * g;
        v = normal(v, AdamConstants.SMALLEST_SECOND);
        first[at] = m;
        second[at] = v;
        weights[at] = w - stepSize * m / ((float) Math.sqrt(v) * inverseRoot + constants.epsilon());
    }

    /** A value, or 0 in place of one that is too small for normal arithmetic. */
    static float normal(float value, float smallest) {
        return Math.abs(value) < smallest ? 0 : value;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** SIMD loops with the widest registers of this processor; loaded by name, since the incubator module may be absent. */
final class VectorKernels extends Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public int lanes() {
        return LANES;
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
        int d = 0;
        for (; d <= length - 2 * LANES; d += 2 * LANES) {
            FloatVector low = FloatVector.zero(SPECIES);
            FloatVector high = FloatVector.zero(SPECIES);
            for (int e = from; e < to; e++) {
                int row = rows[e] * stride + d;
                FloatVector scale = FloatVector.broadcast(SPECIES, scales[e]);
                low = low.add(FloatVector.fromArray(SPECIES, table, row).mul(scale));
                high = high.add(
                        FloatVector.fromArray(SPECIES, table, row + LANES).mul(scale));
            }
            low.intoArray(target, at + d);
            high.intoArray(target, at + d + LANES);
        }
        for (; d <= length - LANES; d += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int e = from; e < to; e++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, table, rows[e] * stride + d)
                        .mul(scales[e]));
            }
            sum.intoArray(target, at + d);
        }
        for (; d < length; d++) {
            float sum = 0;
            for (int e = from; e < to; e++) {
                sum += scales[e] * table[rows[e] * stride + d];
            }
            target[at + d] = sum;
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
        int d = 0;
        for (; d <= length - LANES; d += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, source, at + d);
            for (int e = from; e < to; e++) {
                int row = rows[e] * stride + d;
                FloatVector.fromArray(SPECIES, table, row)
                        .add(value.mul(scales[e]))
                        .intoArray(table, row);
            }
        }
        for (; d < length; d++) {
            float value = source[at + d];
            for (int e = from; e < to; e++) {
                table[rows[e] * stride + d] += scales[e] * value;
            }
        }
    }

    @Override
    public void add(float[] source, int from, float[] target, int to, int length) {
        int d = 0;
        for (; d <= length - LANES; d += LANES) {
            FloatVector.fromArray(SPECIES, target, to + d)
                    .add(FloatVector.fromArray(SPECIES, source, from + d))
                    .intoArray(target, to + d);
        }
        for (; d < length; d++) {
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
        for (int d = 0; d < length; d += LANES) {
            int i = at + d;
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i).mul(shrink);
            FloatVector g = normal(
                    FloatVector.fromArray(SPECIES, gradient, gradientAt + d).add(w.mul(constants.decay())),
                    AdamConstants.SMALLEST_GRADIENT);
            FloatVector m = first(constants, FloatVector.fromArray(SPECIES, first, i), g);
            FloatVector v = second(constants, FloatVector.fromArray(SPECIES, second, i), g);
            m.intoArray(first, i);
            v.intoArray(second, i);
            moved(constants, w, m, v, stepSize, inverseRoot).intoArray(weights, i);
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
        int d = 0;
        // Two registers of each kind: one alone would wait for its own square root and division.
        for (; d <= length - 2 * LANES; d += 2 * LANES) {
            int i = at + d;
            int j = i + LANES;
            FloatVector w0 = FloatVector.fromArray(SPECIES, weights, i);
            FloatVector w1 = FloatVector.fromArray(SPECIES, weights, j);
            FloatVector m0 = FloatVector.fromArray(SPECIES, first, i);
            FloatVector m1 = FloatVector.fromArray(SPECIES, first, j);
            FloatVector v0 = FloatVector.fromArray(SPECIES, second, i);
            FloatVector v1 = FloatVector.fromArray(SPECIES, second, j);
            for (int step = from; step < to; step++) {
                w0 = w0.mul(shrinks[step]);
                w1 = w1.mul(shrinks[step]);
                FloatVector g0 = normal(w0.mul(constants.decay()), AdamConstants.SMALLEST_GRADIENT);
                FloatVector g1 = normal(w1.mul(constants.decay()), AdamConstants.SMALLEST_GRADIENT);
                m0 = first(constants, m0, g0);
                m1 = first(constants, m1, g1);
                v0 = second(constants, v0, g0);
                v1 = second(constants, v1, g1);
                w0 = moved(constants, w0, m0, v0, stepSizes[step], inverseRoots[step]);
                w1 = moved(constants, w1, m1, v1, stepSizes[step], inverseRoots[step]);
            }
            w0.intoArray(weights, i);
            w1.intoArray(weights, j);
            m0.intoArray(first, i);
            m1.intoArray(first, j);
            v0.intoArray(second, i);
            v1.intoArray(second, j);
        }
        for (; d < length; d += LANES) {
            int i = at + d;
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i);
            FloatVector m = FloatVector.fromArray(SPECIES, first, i);
            FloatVector v = FloatVector.fromArray(SPECIES, second, i);
            for (int step = from; step < to; step++) {
                w = w.mul(shrinks[step]);
                FloatVector g = normal(w.mul(constants.decay()), AdamConstants.SMALLEST_GRADIENT);
                m = first(constants, m, g);
                v = second(constants, v, g);
                w = moved(constants, w, m, v, stepSizes[step], inverseRoots[step]);
            }
            w.intoArray(weights, i);
            m.intoArray(first, i);
            v.intoArray(second, i);
        }
    }

    private static FloatVector first(AdamConstants constants, FloatVector m, FloatVector g) {
        return normal(m.add(g.sub(m).mul(constants.complement1())), AdamConstants.SMALLEST_FIRST);
    }

    private static FloatVector second(AdamConstants constants, FloatVector v, FloatVector g) {
        return normal(
                v.mul(constants.beta2()).add(g.mul(constants.complement2()).mul(g)), AdamConstants.SMALLEST_SECOND);
    }

    private static FloatVector moved(
            AdamConstants constants, FloatVector w, FloatVector m, FloatVector v, float stepSize, float inverseRoot) {
        return w.sub(m.mul(stepSize).div(v.sqrt().mul(inverseRoot).add(constants.epsilon())));
    }

    private static FloatVector normal(FloatVector value, float smallest) {
        return value.blend(0f, value.abs().compare(VectorOperators.LT, smallest));
    }
}

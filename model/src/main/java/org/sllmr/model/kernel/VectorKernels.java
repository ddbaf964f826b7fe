// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** SIMD loops with the widest registers of this processor; loaded by name, since the incubator module may be absent. */
final class VectorKernels extends Kernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final FloatVector ZERO = FloatVector.zero(SPECIES);
    private static final FloatVector SMALLEST_GRADIENT =
            FloatVector.broadcast(SPECIES, AdamConstants.SMALLEST_GRADIENT);
    private static final FloatVector SMALLEST_FIRST = FloatVector.broadcast(SPECIES, AdamConstants.SMALLEST_FIRST);
    private static final FloatVector SMALLEST_SECOND = FloatVector.broadcast(SPECIES, AdamConstants.SMALLEST_SECOND);

    @Override
    public String name() {
        return Simd.name(SPECIES.vectorBitSize());
    }

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
        int d = 0;
        for (; d <= length - 4 * LANES; d += 4 * LANES) {
            FloatVector a = FloatVector.fromArray(SPECIES, base, baseAt + d);
            FloatVector b = FloatVector.fromArray(SPECIES, base, baseAt + d + LANES);
            FloatVector c = FloatVector.fromArray(SPECIES, base, baseAt + d + 2 * LANES);
            FloatVector f = FloatVector.fromArray(SPECIES, base, baseAt + d + 3 * LANES);
            for (int e = from; e < to; e++) {
                int row = rows[e] * stride + d;
                FloatVector scale = FloatVector.broadcast(SPECIES, scales[e]);
                a = a.add(FloatVector.fromArray(SPECIES, table, row).mul(scale));
                b = b.add(FloatVector.fromArray(SPECIES, table, row + LANES).mul(scale));
                c = c.add(FloatVector.fromArray(SPECIES, table, row + 2 * LANES).mul(scale));
                f = f.add(FloatVector.fromArray(SPECIES, table, row + 3 * LANES).mul(scale));
            }
            a.mul(factor).intoArray(target, at + d);
            b.mul(factor).intoArray(target, at + d + LANES);
            c.mul(factor).intoArray(target, at + d + 2 * LANES);
            f.mul(factor).intoArray(target, at + d + 3 * LANES);
        }
        for (; d <= length - LANES; d += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, base, baseAt + d);
            for (int e = from; e < to; e++) {
                sum = sum.add(FloatVector.fromArray(SPECIES, table, rows[e] * stride + d)
                        .mul(scales[e]));
            }
            sum.mul(factor).intoArray(target, at + d);
        }
        for (; d < length; d++) {
            float sum = base[baseAt + d];
            for (int e = from; e < to; e++) {
                sum += scales[e] * table[rows[e] * stride + d];
            }
            target[at + d] = factor * sum;
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
        float complement1 = constants.complement1();
        float beta2 = constants.beta2();
        float complement2 = constants.complement2();
        float epsilon = constants.epsilon();
        float decay = constants.decay();
        FloatVector zero = ZERO;
        FloatVector smallestGradient = SMALLEST_GRADIENT;
        FloatVector smallestFirst = SMALLEST_FIRST;
        FloatVector smallestSecond = SMALLEST_SECOND;
        for (int d = 0; d < length; d += LANES) {
            int i = at + d;
            FloatVector w = FloatVector.fromArray(SPECIES, weights, i).mul(shrink);
            FloatVector data = FloatVector.fromArray(SPECIES, gradient, gradientAt + d);
            FloatVector g = normal(data.add(w.mul(decay)), zero, smallestGradient);
            FloatVector m = FloatVector.fromArray(SPECIES, first, i);
            m = normal(m.add(g.sub(m).mul(complement1)), zero, smallestFirst);
            FloatVector v = FloatVector.fromArray(SPECIES, second, i);
            v = normal(v.mul(beta2).add(g.mul(complement2).mul(g)), zero, smallestSecond);
            m.intoArray(first, i);
            v.intoArray(second, i);
            w.sub(m.mul(stepSize).div(v.sqrt().mul(inverseRoot).add(epsilon))).intoArray(weights, i);
        }
    }

    /*
     * Two registers of each kind at a time, because one alone would wait for its own square root and division; so would a
     * single element that is left over, such as a first-order weight beside an embedding: it goes along with two registers,
     * where it takes next to no time. If none is left over, an element of the registers themselves makes the same steps, and
     * is overwritten by the same bits. The loops are methods of their own, and name everything that no step changes: three
     * registers, or both loops in one method, are more than the compiler inlines, and take three times as long.
     */

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
        for (; length - d >= 2 * LANES; d += 2 * LANES) {
            boolean leftOver = length - d == 2 * LANES + 1;
            int element = leftOver ? at + length - 1 : at + d;
            two(constants, weights, first, second, at + d, element, from, to, stepSizes, inverseRoots, shrinks);
            if (leftOver) {
                return;
            }
        }
        for (; d < length; d += LANES) {
            one(constants, weights, first, second, at + d, from, to, stepSizes, inverseRoots, shrinks);
        }
    }

    private static void one(
            AdamConstants constants,
            float[] weights,
            float[] first,
            float[] second,
            int at,
            int from,
            int to,
            float[] stepSizes,
            float[] inverseRoots,
            float[] shrinks) {
        float complement1 = constants.complement1();
        float beta2 = constants.beta2();
        float complement2 = constants.complement2();
        float epsilon = constants.epsilon();
        float decay = constants.decay();
        FloatVector zero = ZERO;
        FloatVector smallestGradient = SMALLEST_GRADIENT;
        FloatVector smallestFirst = SMALLEST_FIRST;
        FloatVector smallestSecond = SMALLEST_SECOND;
        FloatVector w0 = FloatVector.fromArray(SPECIES, weights, at);
        FloatVector m0 = FloatVector.fromArray(SPECIES, first, at);
        FloatVector v0 = FloatVector.fromArray(SPECIES, second, at);
        for (int step = from; step < to; step++) {
            float stepSize = stepSizes[step];
            float inverseRoot = inverseRoots[step];
            float shrink = shrinks[step];
            w0 = w0.mul(shrink);
            FloatVector g0 = normal(w0.mul(decay), zero, smallestGradient);
            m0 = normal(m0.add(g0.sub(m0).mul(complement1)), zero, smallestFirst);
            v0 = normal(v0.mul(beta2).add(g0.mul(complement2).mul(g0)), zero, smallestSecond);
            w0 = w0.sub(m0.mul(stepSize).div(v0.sqrt().mul(inverseRoot).add(epsilon)));
        }
        w0.intoArray(weights, at);
        m0.intoArray(first, at);
        v0.intoArray(second, at);
    }

    private static void two(
            AdamConstants constants,
            float[] weights,
            float[] first,
            float[] second,
            int at,
            int element,
            int from,
            int to,
            float[] stepSizes,
            float[] inverseRoots,
            float[] shrinks) {
        float complement1 = constants.complement1();
        float beta2 = constants.beta2();
        float complement2 = constants.complement2();
        float epsilon = constants.epsilon();
        float decay = constants.decay();
        FloatVector zero = ZERO;
        FloatVector smallestGradient = SMALLEST_GRADIENT;
        FloatVector smallestFirst = SMALLEST_FIRST;
        FloatVector smallestSecond = SMALLEST_SECOND;
        FloatVector w0 = FloatVector.fromArray(SPECIES, weights, at);
        FloatVector w1 = FloatVector.fromArray(SPECIES, weights, at + LANES);
        FloatVector m0 = FloatVector.fromArray(SPECIES, first, at);
        FloatVector m1 = FloatVector.fromArray(SPECIES, first, at + LANES);
        FloatVector v0 = FloatVector.fromArray(SPECIES, second, at);
        FloatVector v1 = FloatVector.fromArray(SPECIES, second, at + LANES);
        float w = weights[element];
        float m = first[element];
        float v = second[element];
        for (int step = from; step < to; step++) {
            float stepSize = stepSizes[step];
            float inverseRoot = inverseRoots[step];
            float shrink = shrinks[step];
            w *= shrink;
            float g = PlainKernels.normal(w * decay, AdamConstants.SMALLEST_GRADIENT);
            m = PlainKernels.normal(m + (g - m) * complement1, AdamConstants.SMALLEST_FIRST);
            v = PlainKernels.normal(v * beta2 + g * complement2 * g, AdamConstants.SMALLEST_SECOND);
            w -= m * stepSize / ((float) Math.sqrt(v) * inverseRoot + epsilon);
            w0 = w0.mul(shrink);
            w1 = w1.mul(shrink);
            FloatVector g0 = normal(w0.mul(decay), zero, smallestGradient);
            FloatVector g1 = normal(w1.mul(decay), zero, smallestGradient);
            m0 = normal(m0.add(g0.sub(m0).mul(complement1)), zero, smallestFirst);
            m1 = normal(m1.add(g1.sub(m1).mul(complement1)), zero, smallestFirst);
            v0 = normal(v0.mul(beta2).add(g0.mul(complement2).mul(g0)), zero, smallestSecond);
            v1 = normal(v1.mul(beta2).add(g1.mul(complement2).mul(g1)), zero, smallestSecond);
            w0 = w0.sub(m0.mul(stepSize).div(v0.sqrt().mul(inverseRoot).add(epsilon)));
            w1 = w1.sub(m1.mul(stepSize).div(v1.sqrt().mul(inverseRoot).add(epsilon)));
        }
        weights[element] = w;
        first[element] = m;
        second[element] = v;
        w0.intoArray(weights, at);
        w1.intoArray(weights, at + LANES);
        m0.intoArray(first, at);
        m1.intoArray(first, at + LANES);
        v0.intoArray(second, at);
        v1.intoArray(second, at + LANES);
    }

    private static FloatVector normal(FloatVector value, FloatVector zero, FloatVector smallest) {
        return value.blend(zero, value.abs().compare(VectorOperators.LT, smallest));
    }
}

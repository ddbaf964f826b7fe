// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

/**
 * The inner loops of pooling and of the optimizer; every implementation gives the same bits.
 *
 * <p>That holds because each element is computed on its own by correctly rounded operations in one fixed order, without
 * fused multiply-add. Numbers so small that the next operation would be subnormal count as 0 (see {@link
 * AdamConstants}): a moment that fades for a thousand steps would otherwise make every later step a hundred times slower.
 *
 * <p>One Adam step of an element with weight w, moments m and v and gradient g is
 *
 * <pre>
 *     w = w * shrink                     decoupled weight decay; shrink is 1 for Adam
 *     g = g + decay * w                  coupled weight decay; decay is 0 for AdamW
 *     m = m + complement1 * (g - m)
 *     v = v * beta2 + complement2 * g * g
 *     w = w - stepSize * m / (sqrt(v) * inverseRoot + epsilon)
 * </pre>
 */
public abstract class Kernels {
    private static final class Fastest {
        private static final Kernels KERNELS =
                Simd.orPlain("org.sllmr.model.kernel.VectorKernels", Kernels.class, PlainKernels::new);
    }

    Kernels() {}

    /** SIMD where {@link SimdModule} is there, else plain Java. */
    public static Kernels fastest() {
        return Fastest.KERNELS;
    }

    /** Plain Java loops. */
    public static Kernels plain() {
        return new PlainKernels();
    }

    /** What the loops are compiled to, such as {@code SIMD of 512 bits} or {@code plain Java}. */
    public abstract String name();

    /** Rows should start at multiples of this many floats, and {@link #adam} takes only multiples of it. */
    public abstract int lanes();

    /**
     * Weighted sum of table rows: {@code target[at + d] = sum over e in [from, to) of scales[e] * table[rows[e] * stride
     * + d]} for {@code d < length}, added in the order of e from 0.
     */
    public abstract void gather(
            float[] table,
            int stride,
            int[] rows,
            float[] scales,
            int from,
            int to,
            float[] target,
            int at,
            int length);

    /**
     * The gradient of {@link #gather}: {@code table[rows[e] * stride + d] += scales[e] * source[at + d]}, in the order of
     * e.
     */
    public abstract void scatter(
            float[] source,
            int at,
            int length,
            int[] rows,
            float[] scales,
            int from,
            int to,
            float[] table,
            int stride);

    /**
     * A row of a sparse matrix times a table, added to a row: {@code target[at + d] = factor * (base[baseAt + d] + sum over
     * e in [from, to) of scales[e] * table[rows[e] * stride + d])} for {@code d < length}, added in the order of e.
     *
     * @param target another array than the table and the base
     */
    public abstract void addNeighbours(
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
            int length);

    /** Adds: {@code target[to + d] += source[from + d]} for {@code d < length}. */
    public abstract void add(float[] source, int from, float[] target, int to, int length);

    /**
     * One Adam step of {@code length} elements, a multiple of {@link #lanes()}.
     *
     * @param weights weights, from {@code at}
     * @param first first moments, from {@code at}
     * @param second second moments, from {@code at}
     * @param gradient gradients, from {@code gradientAt}
     * @param stepSize learning rate over bias correction of the first moment
     * @param inverseRoot one over the root of the bias correction of the second moment
     * @param shrink factor of the weight before the step
     */
    public abstract void adam(
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
            float shrink);

    /**
     * The steps {@code [from, to)} with gradient 0, of {@code length} elements: the same bits as {@link #adam} with a zero
     * gradient once for each step, whose constants stand in the last three arrays. Elements after them, up to the next
     * multiple of {@link #lanes()}, must be there and may make the steps as well.
     */
    public abstract void adamWithoutGradient(
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
            float[] shrinks);
}

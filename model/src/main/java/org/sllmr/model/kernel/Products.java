// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import java.util.Arrays;

/**
 * Matrix products of dense row-major matrices; every implementation gives the same bits.
 *
 * <p>That holds because each element of a product is one chain of fused multiply-adds in the order of the inner index, and
 * each {@link #dot} is sixteen such chains that are added in one fixed order. So neither the width of the registers, nor the
 * place of a row, nor the rows beside it can change an element.
 *
 * <p>Arrays that are read as the right matrix must go on for {@link #SLACK} floats behind their last row.
 */
public abstract class Products {
    /** Floats that may be read, not used, behind the last row of a right matrix. */
    public static final int SLACK = 64;

    /** Inner indexes at a time, so that the right matrix's part of them stays in the nearest cache. */
    static final int DEPTH = 192;

    /** Chains of a {@link #dot}. */
    static final int CHAINS = 16;

    private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[0]);

    private static final class Fastest {
        private static final Products KERNELS =
                Simd.orPlain("org.sllmr.model.kernel.VectorProducts", Products.class, PlainProducts::new);
    }

    Products() {}

    /** SIMD where {@link SimdModule} is there, else plain Java. */
    public static Products fastest() {
        return Fastest.KERNELS;
    }

    /** Plain Java loops. */
    public static Products plain() {
        return new PlainProducts();
    }

    /** What the loops are compiled to, such as {@code SIMD of 512 bits} or {@code plain Java}. */
    public abstract String name();

    /** Columns of a strip: as many as the registers hold of a tile's rows. */
    abstract int width();

    /**
     * {@code c[r][j] = (add ? c[r][j] : 0) + sum over k < depth of a[r][k] * b[k][j]} for {@code r < rows} and {@code j <
     * columns}.
     *
     * @param columns {@link #width()}, or half of it
     */
    abstract void strip(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add);

    /** The sum of the products of two vectors' elements. */
    public abstract float dot(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code target[to + i] = target[to + i] + factor * source[from + i]}, fused. */
    public abstract void addScaled(float factor, float[] source, int from, float[] target, int to, int length);

    /**
     * {@code c[r][j] = (add ? c[r][j] : 0) + sum over k < depth of a[r][k] * b[k][j]} for {@code r < rows} and {@code j <
     * columns}.
     *
     * @param a rows {@code aStep} floats apart, from {@code aAt}
     * @param b rows {@code bStep} floats apart, from {@code bAt}
     * @param c rows {@code cStep} floats apart, from {@code cAt}
     */
    public final void multiply(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add) {
        strips(a, aAt, aStep, b, bAt, bStep, 1, c, cAt, cStep, rows, depth, columns, add);
    }

    /** As {@link #multiply}, with a right matrix from {@link #pack}. */
    public final void multiplyPacked(
            float[] a,
            int aAt,
            int aStep,
            float[] packed,
            int packedAt,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add) {
        strips(a, aAt, aStep, packed, packedAt, width(), depth, c, cAt, cStep, rows, depth, columns, add);
    }

    /**
     * The product strip by strip, some inner indexes at a time.
     *
     * @param columnStep how far the place in the right matrix moves for each column: 1, or the inner dimension where strips
     *     stand one behind the other
     */
    private void strips(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            int columnStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add) {
        int width = width();
        for (int k = 0; k == 0 || k < depth; k += DEPTH) {
            int part = Math.min(DEPTH, depth - k);
            for (int j = 0; j < columns; j += width) {
                cut(
                        a,
                        aAt + k,
                        aStep,
                        b,
                        bAt + k * bStep + j * columnStep,
                        bStep,
                        c,
                        cAt + j,
                        cStep,
                        rows,
                        part,
                        Math.min(width, columns - j),
                        add || k > 0);
            }
        }
    }

    /** Floats of a packed right matrix. */
    public final int packedSize(int depth, int columns) {
        return (columns + width() - 1) / width() * width() * depth;
    }

    /**
     * Makes the right matrix {@code b[k][j] = source[j][k]}, strip by strip, filled up with zeros.
     *
     * @param source {@code [columns, depth]}, from {@code from}
     */
    public final void pack(float[] source, int from, int depth, int columns, float[] packed, int at) {
        int width = width();
        for (int strip = 0; strip < columns; strip += width) {
            int count = Math.min(width, columns - strip);
            int to = at + strip * depth;
            if (count < width) {
                Arrays.fill(packed, to, to + width * depth, 0);
            }
            int column = 0;
            for (; column + 4 <= count; column += 4) {
                int row0 = from + (strip + column) * depth;
                int row1 = row0 + depth;
                int row2 = row1 + depth;
                int row3 = row2 + depth;
                int target = to + column;
                for (int k = 0; k < depth; k++) {
                    packed[target] = source[row0 + k];
                    packed[target + 1] = source[row1 + k];
                    packed[target + 2] = source[row2 + k];
                    packed[target + 3] = source[row3 + k];
                    target += width;
                }
            }
            for (; column < count; column++) {
                int row = from + (strip + column) * depth;
                for (int k = 0; k < depth; k++) {
                    packed[to + column + k * width] = source[row + k];
                }
            }
        }
    }

    /** A strip that may be narrower than the registers. */
    private void cut(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            int columns,
            boolean add) {
        int width = width();
        int wide = columns > width / 2 ? width : width / 2;
        if (columns == wide) {
            strip(a, aAt, aStep, b, bAt, bStep, c, cAt, cStep, rows, depth, wide, add);
            return;
        }
        float[] whole = scratch.get();
        if (whole.length < rows * wide) {
            whole = new float[rows * wide];
            scratch.set(whole);
        }
        if (add) {
            for (int r = 0; r < rows; r++) {
                System.arraycopy(c, cAt + r * cStep, whole, r * wide, columns);
            }
        }
        strip(a, aAt, aStep, b, bAt, bStep, whole, 0, wide, rows, depth, wide, add);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(whole, r * wide, c, cAt + r * cStep, columns);
        }
    }
}

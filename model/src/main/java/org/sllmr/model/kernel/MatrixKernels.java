// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

/**
 * Matrix products and products of pairs on strips, matrices {@link #width()} floats wide; every implementation gives the
 * same bits.
 *
 * <p>That holds because each element of a product is one chain of fused multiply-adds in the order of the inner index.
 * Columns never meet, so what stands in one column does not change another one, and the width does not show.
 */
public abstract class MatrixKernels {
    /** Row counts of {@link #multiply} are multiples of this. */
    public static final int ROWS = 4;

    /** Rows that stand side by side in the left matrix of {@link #multiply}. */
    public static final int PANEL = 12;

    /** Inner indexes at a time, so that the right matrix's part of them stays in the nearest cache. */
    static final int DEPTH = 192;

    private static final class Fastest {
        private static final MatrixKernels KERNELS = Simd.orPlain(
                "org.sllmr.model.kernel.VectorMatrixKernels", MatrixKernels.class, PlainMatrixKernels::new);
    }

    MatrixKernels() {}

    /** SIMD where {@link SimdModule} is there, else plain Java. */
    public static MatrixKernels fastest() {
        return Fastest.KERNELS;
    }

    /** Plain Java loops. */
    public static MatrixKernels plain() {
        return new PlainMatrixKernels();
    }

    /** Floats of a row of a strip. */
    public abstract int width();

    /**
     * {@code c[r][j] = (add ? c[r][j] : 0) + sum over k < depth of a[k][r] * b[k][j]} for {@code r < rows} and {@code j <
     * width()}.
     *
     * @param a panels of {@link #PANEL} rows of the product, each {@code [depth, PANEL]}, from {@code aAt}: see {@link #panel}
     * @param b from {@code bAt}, {@code bStep} floats a row
     * @param c from {@code cAt}, {@code cStep} floats a row
     * @param rows a multiple of {@link #ROWS}
     */
    public abstract void multiply(
            float[] a,
            int aAt,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int rows,
            int depth,
            boolean add);

    /** Where {@link #multiply} finds {@code a[k][r]}, behind {@code aAt}. */
    public static int panel(int r, int k, int depth) {
        return r / PANEL * PANEL * depth + k * PANEL + r % PANEL;
    }

    /** Floats of a left matrix. */
    public static int panelsSize(int rows, int depth) {
        return (rows + PANEL - 1) / PANEL * PANEL * depth;
    }

    /** {@code target[r][j] = left[j] * right[r][j]} for {@code r < rows}; all are strips. */
    public abstract void pairs(float[] left, int leftAt, float[] right, int rightAt, float[] target, int at, int rows);

    /**
     * The gradient of {@link #pairs}: {@code leftGradient[j] += sum over r of gradient[r][j] * right[r][j]} and {@code
     * rightGradient[r][j] += gradient[r][j] * left[j]}, fused.
     */
    public abstract void pairsGradient(
            float[] gradient,
            int at,
            float[] left,
            float[] leftGradient,
            int leftAt,
            float[] right,
            int rightAt,
            float[] rightGradient,
            int rightGradientAt,
            int rows);

    /** {@code x = max(0, x)}; the length is a multiple of {@link #width()}. */
    public abstract void rectify(float[] x, int at, int length);

    /**
     * The largest of some numbers, none of which is below 0: {@code x[at + r * step + j]} for {@code r < rows} and {@code j <
     * width()}; NaN if there is one.
     */
    public abstract float largest(float[] x, int at, int step, int rows);

    /** The gradient of {@link #rectify}: 0 where what it returned, y, is 0. */
    public abstract void rectifyGradient(float[] y, int yAt, float[] gradient, int at, int length);

    /**
     * {@link #pairs} transposed: {@code target[j][r] = left[j] * right[j][r]} for {@code j < width()} and {@code r <
     * rows}; up to {@code width()} floats behind each row are overwritten, and as many are read behind a row of the right.
     */
    public abstract void transposedPairs(
            float[] left,
            int leftAt,
            float[] right,
            int rightAt,
            int rightStep,
            float[] target,
            int at,
            int step,
            int rows);
}

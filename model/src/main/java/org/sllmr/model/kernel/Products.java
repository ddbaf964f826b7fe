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

    /** Floats of a strip of the right matrix that stay in the nearest cache, beside the left matrix's rows. */
    private static final int STRIP = 6144;

    /** Chains of a {@link #dot}. */
    static final int CHAINS = 16;

    /** Share of nonzero elements up to which it pays to look for them. */
    private static final double SPARSE = 0.4;

    /** Rows that show how many elements are 0. */
    private static final int SHOWN = 12;

    private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[0]);
    private final ThreadLocal<int[]> indexes = ThreadLocal.withInitial(() -> new int[0]);

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

    /**
     * Finds the indexes at which one of two vectors has an element that is not 0. {@link #SLACK} floats must follow both.
     *
     * @param found receives them in growing order; {@link #SLACK} more may be written
     * @return how many there are
     */
    abstract int nonzero(float[] x, int at, int next, int length, int[] found);

    /**
     * Two rows of a product that have zeros in the same places: {@code c[to + j] = (add ? c[to + j] : 0) + sum over the inner
     * indexes k of a[row + k] * b[k][j]} for {@code j < columns}, and the same from {@code next} to {@code nextTo}. They may be
     * the same row.
     *
     * @param read the inner indexes, of which {@code count} are there
     * @param columns whole registers
     */
    abstract void sparse(
            float[] a,
            int row,
            int next,
            int[] read,
            int count,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int to,
            int nextTo,
            int columns,
            boolean add);

    /** The sum of the products of two vectors' elements. */
    public abstract float dot(float[] x, int xAt, float[] y, int yAt, int length);

    /** {@code target[to + i] = target[to + i] + factor * source[from + i]}, fused. */
    public abstract void addScaled(float factor, float[] source, int from, float[] target, int to, int length);

    /**
     * A product of each row with a matrix of its own: {@code c[r][j] = sum over k < depth of a[r][k] * b[r][k][j]} for {@code
     * r < rows} and {@code j < columns}. It has the bits that {@link #multiply} gives each row.
     *
     * @param a {@code [rows, depth]}, from {@code aAt}
     * @param b matrices {@code [depth, columns]}, {@code bStep} floats apart, from {@code bAt}; 0 for one that all rows share
     * @param c {@code [rows, columns]}, from {@code cAt}
     */
    public final void multiplyEach(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns) {
        if (bStep == 0 && columns >= width() / 2) {
            multiply(a, aAt, depth, b, bAt, columns, c, cAt, columns, rows, depth, columns, false);
        } else {
            each(a, aAt, b, bAt, bStep, c, cAt, rows, depth, columns);
        }
    }

    /** {@link #multiplyEach} row by row. */
    abstract void each(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns);

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
     * As {@link #multiply}, for rows with many zeros, such as those that were rectified: where two rows that follow each other
     * are both 0, they are left out. The bits are the same but for the sign of a sum that is 0, as long as the right matrix is
     * finite. {@link #SLACK} floats must follow the last row.
     *
     * @return how many rows are done; the others have too few zeros for that to pay
     */
    public final int multiplySparse(
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
        // The columns are whole registers, and so many that looking for zeros takes little beside them.
        if (columns % (width() / 2) != 0 || columns < width()) {
            return 0;
        }
        int[] read = indexes.get();
        if (read.length < depth + SLACK) {
            read = new int[depth + SLACK];
            indexes.set(read);
        }
        int found = 0;
        for (int row = 0; row < rows; row += 2) {
            // The last of an odd number of rows is its own neighbour.
            int next = Math.min(row + 1, rows - 1);
            int count = nonzero(a, aAt + row * aStep, aAt + next * aStep, depth, read);
            sparse(
                    a,
                    aAt + row * aStep,
                    aAt + next * aStep,
                    read,
                    count,
                    b,
                    bAt,
                    bStep,
                    c,
                    cAt + row * cStep,
                    cAt + next * cStep,
                    columns,
                    add);
            found += row < SHOWN ? count : 0;
            if (row + 2 == SHOWN && found > SPARSE * SHOWN / 2 * depth) {
                return Math.min(SHOWN, rows);
            }
        }
        return rows;
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
        int most = STRIP / width;
        for (int k = 0; k == 0 || k < depth; k += most) {
            int part = Math.min(most, depth - k);
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

    /**
     * Makes a right matrix whose blocks {@code [size, size]} stand on its diagonal, for {@link #multiplyPacked}.
     *
     * @param source the blocks one after the other, from {@code from}
     * @param transposed whether each block is to be transposed
     */
    public final void packDiagonal(
            float[] source, int from, int blocks, int size, boolean transposed, float[] packed, int at) {
        int width = width();
        int columns = blocks * size;
        Arrays.fill(packed, at, at + packedSize(columns, columns), 0);
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    int row = block * size + (transposed ? j : i);
                    int column = block * size + (transposed ? i : j);
                    int strip = column / width;
                    packed[at + (strip * columns + row) * width + column % width] =
                            source[from + (block * size + i) * size + j];
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Products by SIMD have the bits of the plain loops, and these are what they should be to the precision of floats. */
class ProductsTest {
    /** How many inner indexes wide and narrow strips take at a time, and their neighbours. */
    private static final int[] DEPTHS = {0, 1, 2, 17, 191, 192, 193, 383, 384, 385, 389, 769};

    private final Products plain = Products.plain();
    private final Products fastest = Products.fastest();

    @Test
    void simdIsOnWhereTheModuleIsThere() {
        assertThat(fastest instanceof PlainProducts).isEqualTo(!SimdModule.isLoaded());
        assertThat(plain.width() % fastest.width()).isZero();
    }

    private static void assumeSimd() {
        assumeTrue(SimdModule.isLoaded(), "SIMD is off (start Java with --add-modules " + SimdModule.NAME + ")");
    }

    /** A product of matrices that lie anywhere in their arrays, their rows further apart than they are long. */
    private record Product(
            int rows, int depth, int columns, int aAt, int aStep, int bAt, int bStep, int cAt, int cStep, boolean add) {
        static Product random(Random random) {
            int rows = 1 + random.nextInt(40);
            int depth = random.nextBoolean() ? DEPTHS[random.nextInt(DEPTHS.length)] : random.nextInt(100);
            // From less than half a strip of the narrowest registers to several strips of the widest.
            int columns = 1 + random.nextInt(random.nextBoolean() ? 8 : 110);
            return new Product(
                    rows,
                    depth,
                    columns,
                    random.nextInt(5),
                    depth + random.nextInt(4),
                    random.nextInt(5),
                    columns + random.nextInt(9),
                    random.nextInt(5),
                    columns + random.nextInt(4),
                    random.nextBoolean());
        }

        float[] a(Random random) {
            return floats(random, aAt + rows * aStep + 1);
        }

        float[] b(Random random) {
            return floats(random, bAt + depth * bStep + Products.SLACK);
        }

        float[] c(Random random) {
            return floats(random, cAt + rows * cStep + Products.SLACK);
        }

        float[] by(Products products, float[] a, float[] b, float[] c) {
            float[] result = c.clone();
            products.multiply(a, aAt, aStep, b, bAt, bStep, result, cAt, cStep, rows, depth, columns, add);
            return result;
        }

        /** The same with the right matrix packed, from its transpose. */
        float[] packed(Products products, float[] a, float[] b, float[] c) {
            float[] transposed = new float[3 + columns * depth];
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < depth; k++) {
                    transposed[3 + j * depth + k] = b[bAt + k * bStep + j];
                }
            }
            float[] packed = new float[2 + products.packedSize(depth, columns) + Products.SLACK];
            Arrays.fill(packed, Float.NaN);
            products.pack(transposed, 3, depth, columns, packed, 2);
            float[] result = c.clone();
            products.multiplyPacked(a, aAt, aStep, packed, 2, result, cAt, cStep, rows, depth, columns, add);
            return result;
        }

        /** In doubles, by the definition; nothing else changes. */
        void assertIs(float[] actual, float[] a, float[] b, float[] c) {
            float[] rest = actual.clone();
            for (int r = 0; r < rows; r++) {
                for (int j = 0; j < columns; j++) {
                    int at = cAt + r * cStep + j;
                    double sum = add ? c[at] : 0;
                    double size = Math.abs(sum);
                    for (int k = 0; k < depth; k++) {
                        double term = (double) a[aAt + r * aStep + k] * b[bAt + k * bStep + j];
                        sum += term;
                        size += Math.abs(term);
                    }
                    // A chain rounds once a term, each time by half a unit of a sum that is no larger than the size.
                    if (Math.abs(actual[at] - sum) > size * (depth + 1) * 0x1p-24) {
                        throw new AssertionError(
                                this + ", row " + r + ", column " + j + ": " + actual[at] + ", not " + sum);
                    }
                    rest[at] = c[at];
                }
            }
            assertThat(rest).as("%s, what is not of the product", this).isEqualTo(c);
        }
    }

    @RepeatedTest(100)
    void aProductIsItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Product product = Product.random(random);
        float[] a = product.a(random);
        float[] b = product.b(random);
        float[] c = product.c(random);
        float[] expected = product.by(plain, a, b, c);
        product.assertIs(expected, a, b, c);
        assertThat(product.packed(plain, a, b, c)).as("%s, packed", product).isEqualTo(expected);
    }

    @RepeatedTest(100)
    void simdProductsHaveTheBitsOfPlainOnes(RepetitionInfo repetition) {
        assumeSimd();
        Random random = new Random(1000 + repetition.getCurrentRepetition());
        Product product = Product.random(random);
        float[] a = product.a(random);
        float[] b = product.b(random);
        float[] c = product.c(random);
        float[] expected = product.by(plain, a, b, c);
        assertThat(product.by(fastest, a, b, c)).as("%s", product).isEqualTo(expected);
        assertThat(product.packed(fastest, a, b, c)).as("%s, packed", product).isEqualTo(expected);
    }

    /** Rows of all shares of zeros, and elements that are no numbers. */
    @RepeatedTest(60)
    void rowsWithManyZerosHaveTheBitsOfTheirProduct(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = random.nextInt(40);
        int depth = random.nextInt(230);
        int columns = 4 * random.nextInt(80);
        double zeros = random.nextInt(5) / 4.0;
        boolean add = random.nextBoolean();
        float[] a = floats(random, 3 + rows * (depth + 1) + Products.SLACK);
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextDouble() < zeros ? random.nextBoolean() ? 0 : -0f : a[i];
        }
        if (depth > 0 && rows > 0 && random.nextInt(10) == 0) {
            a[3 + random.nextInt(depth)] = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
        }
        float[] b = floats(random, 2 + depth * (columns + 2) + Products.SLACK);
        float[] start = floats(random, 1 + rows * columns + Products.SLACK);
        float[] expected = start.clone();
        plain.multiply(a, 3, depth + 1, b, 2, columns + 2, expected, 1, columns, rows, depth, columns, add);
        for (Products products : new Products[] {plain, fastest}) {
            float[] actual = start.clone();
            int done = products.multiplySparse(
                    a, 3, depth + 1, b, 2, columns + 2, actual, 1, columns, rows, depth, columns, add);
            boolean fits = columns >= products.width() && columns % (products.width() / 2) == 0;
            // Nearly all zeros are worth the look, and none is not.
            assertThat(done)
                    .as("%s, seed %d", products.name(), repetition.getCurrentRepetition())
                    .isBetween(fits ? Math.min(rows, zeros == 1 ? rows : 1) : 0, fits ? rows : 0);
            System.arraycopy(start, 1 + done * columns, actual, 1 + done * columns, (rows - done) * columns);
            float[] rest = expected.clone();
            System.arraycopy(start, 1 + done * columns, rest, 1 + done * columns, (rows - done) * columns);
            for (int i = 0; i < rest.length; i++) {
                // 0 and -0 are equal.
                if (actual[i] != rest[i] && !(Float.isNaN(actual[i]) && Float.isNaN(rest[i]))) {
                    throw new AssertionError("seed " + repetition.getCurrentRepetition() + ", " + products.name()
                            + ", float " + i + ": " + actual[i] + ", not " + rest[i]);
                }
            }
        }
    }

    @Test
    void denseRowsAreLeftToTheDenseProduct() {
        Random random = new Random(4);
        float[] a = new float[40 * 50 + Products.SLACK];
        Arrays.fill(a, 1);
        float[] b = floats(random, 50 * 64 + Products.SLACK);
        float[] c = new float[40 * 64 + Products.SLACK];
        assertThat(fastest.multiplySparse(a, 0, 50, b, 0, 64, c, 0, 64, 40, 50, 64, false))
                .isLessThan(40);
        Arrays.fill(a, 0);
        assertThat(fastest.multiplySparse(a, 0, 50, b, 0, 64, c, 0, 64, 40, 50, 64, false))
                .isEqualTo(40);
        assertThat(c).containsOnly(0);
    }

    /** Every number of rows up to two of the largest tiles, in whole strips, half strips and cut ones. */
    @RepeatedTest(50)
    void aMatrixForEachRowGivesItTheBitsOfItsProduct(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = random.nextInt(6);
        int depth = 1 + random.nextInt(40);
        int columns = 1 + random.nextInt(70);
        boolean shared = random.nextBoolean();
        float[] a = floats(random, 3 + rows * depth);
        float[] b = floats(random, 2 + (shared ? 1 : rows) * depth * columns + Products.SLACK);
        float[] start = floats(random, 1 + rows * columns + Products.SLACK);
        int step = shared ? 0 : depth * columns;
        float[] expected = start.clone();
        for (int r = 0; r < rows; r++) {
            int row = 3 + r * depth;
            int to = 1 + r * columns;
            plain.multiply(a, row, depth, b, 2 + r * step, columns, expected, to, columns, 1, depth, columns, false);
        }
        for (Products products : new Products[] {plain, fastest}) {
            float[] actual = start.clone();
            products.multiplyEach(a, 3, b, 2, step, actual, 1, rows, depth, columns);
            assertThat(actual)
                    .as("%s, seed %d", products.name(), repetition.getCurrentRepetition())
                    .isEqualTo(expected);
        }
    }

    @RepeatedTest(30)
    void blocksOnADiagonalMultiplyAsEachByItself(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int blocks = 1 + random.nextInt(6);
        int size = 1 + random.nextInt(9);
        int columns = blocks * size;
        float[] source = floats(random, 4 + blocks * size * size);
        float[] x = floats(random, columns);
        for (boolean transposed : new boolean[] {false, true}) {
            float[] expected = new float[columns];
            for (int block = 0; block < blocks; block++) {
                for (int i = 0; i < size; i++) {
                    for (int j = 0; j < size; j++) {
                        int at = 4 + (block * size + (transposed ? j : i)) * size + (transposed ? i : j);
                        int to = block * size + j;
                        expected[to] = Math.fma(x[block * size + i], source[at], expected[to]);
                    }
                }
            }
            for (Products products : new Products[] {plain, fastest}) {
                float[] packed = new float[1 + products.packedSize(columns, columns) + Products.SLACK];
                Arrays.fill(packed, 7);
                products.packDiagonal(source, 4, blocks, size, transposed, packed, 1);
                float[] actual = new float[columns + Products.SLACK];
                products.multiplyPacked(x, 0, columns, packed, 1, actual, 0, columns, 1, columns, columns, false);
                assertThat(Arrays.copyOf(actual, columns))
                        .as("%s, seed %d", products.name(), repetition.getCurrentRepetition())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void tilesOfEverySizeHaveTheSameBits() {
        assumeSimd();
        Random random = new Random(1);
        for (int rows = 1; rows <= 25; rows++) {
            for (int columns : new int[] {1, 3, 4, 7, 8, 9, 16, 17, 31, 32, 33}) {
                Product product = new Product(rows, 5, columns, 0, 5, 0, columns, 0, columns, rows % 2 == 0);
                float[] a = product.a(random);
                float[] b = product.b(random);
                float[] c = product.c(random);
                assertThat(product.by(fastest, a, b, c)).as("%s", product).isEqualTo(product.by(plain, a, b, c));
            }
        }
    }

    /** A row's product is the same in any company: alone, or among others at any place. */
    @Test
    void theRowsBesideOneDoNotChangeIt() {
        Random random = new Random(2);
        Product all = new Product(25, 200, 45, 0, 200, 0, 45, 0, 45, false);
        float[] a = all.a(random);
        float[] b = all.b(random);
        float[] together = all.by(fastest, a, b, new float[25 * 45 + Products.SLACK]);
        for (int row = 0; row < 25; row++) {
            float[] alone = new float[45 + Products.SLACK];
            fastest.multiply(a, row * 200, 200, b, 0, 45, alone, 0, 45, 1, 200, 45, false);
            assertThat(Arrays.copyOf(alone, 45)).isEqualTo(Arrays.copyOfRange(together, row * 45, (row + 1) * 45));
        }
    }

    @Test
    void dotProductsAndScaledSumsOfEveryLength() {
        Random random = new Random(3);
        for (int length = 0; length < 6 * Products.CHAINS; length++) {
            float[] x = floats(random, 3 + length + 1);
            float[] y = floats(random, 2 + length + 1);
            double sum = 0;
            double size = 0;
            for (int i = 0; i < length; i++) {
                sum += (double) x[3 + i] * y[2 + i];
                size += Math.abs((double) x[3 + i] * y[2 + i]);
            }
            float dot = plain.dot(x, 3, y, 2, length);
            assertThat(Math.abs(dot - sum)).as("dot of %s", length).isLessThanOrEqualTo(size * (length + 1) * 0x1p-24);
            assertThat(fastest.dot(x, 3, y, 2, length)).as("dot of %s", length).isEqualTo(dot);

            float[] expected = y.clone();
            for (int i = 0; i < length; i++) {
                expected[2 + i] = Math.fma(0.7f, x[3 + i], y[2 + i]);
            }
            for (Products products : new Products[] {plain, fastest}) {
                float[] target = y.clone();
                products.addScaled(0.7f, x, 3, target, 2, length);
                assertThat(target).as("%s scaled", length).isEqualTo(expected);
            }
        }
    }

    /** Zeros, and values of many sizes, so that the order of a sum shows. */
    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] =
                    random.nextInt(10) == 0 ? 0 : (float) (random.nextGaussian() * Math.pow(10, random.nextInt(5) - 2));
        }
        return values;
    }
}

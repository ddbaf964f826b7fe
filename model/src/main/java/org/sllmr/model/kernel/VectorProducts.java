// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD loops with the widest registers of this processor; loaded by name, since the incubator module may be absent.
 *
 * <p>No other species may be used anywhere, not even for a rest: once there are vectors of two classes, the compiler no longer
 * knows which one it has, and makes an object of each, ten times as slow.
 */
final class VectorProducts extends Products {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = 2 * LANES;
    /** Processors with registers of 32 bytes have 16 of them; the others have 32, which the largest tile nearly fills. */
    private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() != 256;

    /* Bring the second half, quarter and eighth of a register to its front. */
    private static final VectorShuffle<Float> HALF = VectorShuffle.iota(SPECIES, LANES / 2, 1, true);
    private static final VectorShuffle<Float> QUARTER = VectorShuffle.iota(SPECIES, LANES / 4, 1, true);
    private static final VectorShuffle<Float> EIGHTH = VectorShuffle.iota(SPECIES, LANES / 8, 1, true);

    private static final VectorSpecies<Integer> INTEGERS = IntVector.SPECIES_PREFERRED;
    /** Bits that are looked for at a time: those of an int. */
    private static final int BITS = 32;

    /** For each lane its bit. */
    private static final IntVector PLACE = IntVector.broadcast(INTEGERS, 1)
            .lanewise(VectorOperators.LSHL, IntVector.zero(INTEGERS).addIndex(1));
    /** For each eight bits the places of those that are set, and some more numbers. */
    private static final int[] SET = placesOfBits();

    private static int[] placesOfBits() {
        int[] places = new int[256 * 8 + LANES];
        for (int bits = 0; bits < 256; bits++) {
            int count = 0;
            for (int place = 0; place < 8; place++) {
                if ((bits >> place & 1) == 1) {
                    places[bits * 8 + count++] = place;
                }
            }
        }
        return places;
    }

    private final PlainProducts plain = new PlainProducts();

    @Override
    public String name() {
        return Simd.name(SPECIES.vectorBitSize());
    }

    @Override
    int width() {
        return WIDTH;
    }

    @Override
    void strip(
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
        int r = 0;
        if (columns == WIDTH) {
            for (; MANY_REGISTERS && r + 12 <= rows; r += 12) {
                twelve(a, aAt + r * aStep, aStep, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
            }
            for (; r + 6 <= rows; r += 6) {
                six(a, aAt + r * aStep, aStep, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
            }
            for (; r + 2 <= rows; r += 2) {
                two(a, aAt + r * aStep, aStep, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
            }
            if (r < rows) {
                one(a, aAt + r * aStep, b, bAt, bStep, c, cAt + r * cStep, depth, add);
            }
        } else {
            for (; r + 12 <= rows; r += 12) {
                narrowTwelve(a, aAt + r * aStep, aStep, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
            }
            for (; r + 4 <= rows; r += 4) {
                narrowFour(a, aAt + r * aStep, aStep, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
            }
            for (; r < rows; r++) {
                narrowOne(a, aAt + r * aStep, b, bAt, bStep, c, cAt + r * cStep, depth, add);
            }
        }
    }

    /*
     * The sums of a tile stay in registers while the inner index runs. The compiler keeps them there only if each has a
     * name, which is why nothing here is a loop.
     */

    private static void twelve(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int depth,
            boolean add) {
        int a0 = aAt + 0 * aStep;
        int c0 = cAt + 0 * cStep;
        int a1 = aAt + 1 * aStep;
        int c1 = cAt + 1 * cStep;
        int a2 = aAt + 2 * aStep;
        int c2 = cAt + 2 * cStep;
        int a3 = aAt + 3 * aStep;
        int c3 = cAt + 3 * cStep;
        int a4 = aAt + 4 * aStep;
        int c4 = cAt + 4 * cStep;
        int a5 = aAt + 5 * aStep;
        int c5 = cAt + 5 * cStep;
        int a6 = aAt + 6 * aStep;
        int c6 = cAt + 6 * cStep;
        int a7 = aAt + 7 * aStep;
        int c7 = cAt + 7 * cStep;
        int a8 = aAt + 8 * aStep;
        int c8 = cAt + 8 * cStep;
        int a9 = aAt + 9 * aStep;
        int c9 = cAt + 9 * cStep;
        int a10 = aAt + 10 * aStep;
        int c10 = cAt + 10 * cStep;
        int a11 = aAt + 11 * aStep;
        int c11 = cAt + 11 * cStep;
        FloatVector l0 = start(c, c0, add);
        FloatVector h0 = start(c, c0 + LANES, add);
        FloatVector l1 = start(c, c1, add);
        FloatVector h1 = start(c, c1 + LANES, add);
        FloatVector l2 = start(c, c2, add);
        FloatVector h2 = start(c, c2 + LANES, add);
        FloatVector l3 = start(c, c3, add);
        FloatVector h3 = start(c, c3 + LANES, add);
        FloatVector l4 = start(c, c4, add);
        FloatVector h4 = start(c, c4 + LANES, add);
        FloatVector l5 = start(c, c5, add);
        FloatVector h5 = start(c, c5 + LANES, add);
        FloatVector l6 = start(c, c6, add);
        FloatVector h6 = start(c, c6 + LANES, add);
        FloatVector l7 = start(c, c7, add);
        FloatVector h7 = start(c, c7 + LANES, add);
        FloatVector l8 = start(c, c8, add);
        FloatVector h8 = start(c, c8 + LANES, add);
        FloatVector l9 = start(c, c9, add);
        FloatVector h9 = start(c, c9 + LANES, add);
        FloatVector l10 = start(c, c10, add);
        FloatVector h10 = start(c, c10 + LANES, add);
        FloatVector l11 = start(c, c11, add);
        FloatVector h11 = start(c, c11 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            h0 = x0.fma(high, h0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = x1.fma(low, l1);
            h1 = x1.fma(high, h1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            l2 = x2.fma(low, l2);
            h2 = x2.fma(high, h2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            l3 = x3.fma(low, l3);
            h3 = x3.fma(high, h3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            l4 = x4.fma(low, l4);
            h4 = x4.fma(high, h4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            l5 = x5.fma(low, l5);
            h5 = x5.fma(high, h5);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
            l6 = x6.fma(low, l6);
            h6 = x6.fma(high, h6);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
            l7 = x7.fma(low, l7);
            h7 = x7.fma(high, h7);
            FloatVector x8 = FloatVector.broadcast(SPECIES, a[a8 + k]);
            l8 = x8.fma(low, l8);
            h8 = x8.fma(high, h8);
            FloatVector x9 = FloatVector.broadcast(SPECIES, a[a9 + k]);
            l9 = x9.fma(low, l9);
            h9 = x9.fma(high, h9);
            FloatVector x10 = FloatVector.broadcast(SPECIES, a[a10 + k]);
            l10 = x10.fma(low, l10);
            h10 = x10.fma(high, h10);
            FloatVector x11 = FloatVector.broadcast(SPECIES, a[a11 + k]);
            l11 = x11.fma(low, l11);
            h11 = x11.fma(high, h11);
        }
        l0.intoArray(c, c0);
        h0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c1);
        h1.intoArray(c, c1 + LANES);
        l2.intoArray(c, c2);
        h2.intoArray(c, c2 + LANES);
        l3.intoArray(c, c3);
        h3.intoArray(c, c3 + LANES);
        l4.intoArray(c, c4);
        h4.intoArray(c, c4 + LANES);
        l5.intoArray(c, c5);
        h5.intoArray(c, c5 + LANES);
        l6.intoArray(c, c6);
        h6.intoArray(c, c6 + LANES);
        l7.intoArray(c, c7);
        h7.intoArray(c, c7 + LANES);
        l8.intoArray(c, c8);
        h8.intoArray(c, c8 + LANES);
        l9.intoArray(c, c9);
        h9.intoArray(c, c9 + LANES);
        l10.intoArray(c, c10);
        h10.intoArray(c, c10 + LANES);
        l11.intoArray(c, c11);
        h11.intoArray(c, c11 + LANES);
    }

    private static void six(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int depth,
            boolean add) {
        int a0 = aAt + 0 * aStep;
        int c0 = cAt + 0 * cStep;
        int a1 = aAt + 1 * aStep;
        int c1 = cAt + 1 * cStep;
        int a2 = aAt + 2 * aStep;
        int c2 = cAt + 2 * cStep;
        int a3 = aAt + 3 * aStep;
        int c3 = cAt + 3 * cStep;
        int a4 = aAt + 4 * aStep;
        int c4 = cAt + 4 * cStep;
        int a5 = aAt + 5 * aStep;
        int c5 = cAt + 5 * cStep;
        FloatVector l0 = start(c, c0, add);
        FloatVector h0 = start(c, c0 + LANES, add);
        FloatVector l1 = start(c, c1, add);
        FloatVector h1 = start(c, c1 + LANES, add);
        FloatVector l2 = start(c, c2, add);
        FloatVector h2 = start(c, c2 + LANES, add);
        FloatVector l3 = start(c, c3, add);
        FloatVector h3 = start(c, c3 + LANES, add);
        FloatVector l4 = start(c, c4, add);
        FloatVector h4 = start(c, c4 + LANES, add);
        FloatVector l5 = start(c, c5, add);
        FloatVector h5 = start(c, c5 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            h0 = x0.fma(high, h0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = x1.fma(low, l1);
            h1 = x1.fma(high, h1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            l2 = x2.fma(low, l2);
            h2 = x2.fma(high, h2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            l3 = x3.fma(low, l3);
            h3 = x3.fma(high, h3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            l4 = x4.fma(low, l4);
            h4 = x4.fma(high, h4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            l5 = x5.fma(low, l5);
            h5 = x5.fma(high, h5);
        }
        l0.intoArray(c, c0);
        h0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c1);
        h1.intoArray(c, c1 + LANES);
        l2.intoArray(c, c2);
        h2.intoArray(c, c2 + LANES);
        l3.intoArray(c, c3);
        h3.intoArray(c, c3 + LANES);
        l4.intoArray(c, c4);
        h4.intoArray(c, c4 + LANES);
        l5.intoArray(c, c5);
        h5.intoArray(c, c5 + LANES);
    }

    private static void two(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int depth,
            boolean add) {
        int a0 = aAt + 0 * aStep;
        int c0 = cAt + 0 * cStep;
        int a1 = aAt + 1 * aStep;
        int c1 = cAt + 1 * cStep;
        FloatVector l0 = start(c, c0, add);
        FloatVector h0 = start(c, c0 + LANES, add);
        FloatVector l1 = start(c, c1, add);
        FloatVector h1 = start(c, c1 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            h0 = x0.fma(high, h0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = x1.fma(low, l1);
            h1 = x1.fma(high, h1);
        }
        l0.intoArray(c, c0);
        h0.intoArray(c, c0 + LANES);
        l1.intoArray(c, c1);
        h1.intoArray(c, c1 + LANES);
    }

    private static void one(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int depth, boolean add) {
        int a0 = aAt;
        int c0 = cAt;
        FloatVector l0 = start(c, c0, add);
        FloatVector h0 = start(c, c0 + LANES, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            h0 = x0.fma(high, h0);
        }
        l0.intoArray(c, c0);
        h0.intoArray(c, c0 + LANES);
    }

    private static void narrowTwelve(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int depth,
            boolean add) {
        int a0 = aAt + 0 * aStep;
        int c0 = cAt + 0 * cStep;
        int a1 = aAt + 1 * aStep;
        int c1 = cAt + 1 * cStep;
        int a2 = aAt + 2 * aStep;
        int c2 = cAt + 2 * cStep;
        int a3 = aAt + 3 * aStep;
        int c3 = cAt + 3 * cStep;
        int a4 = aAt + 4 * aStep;
        int c4 = cAt + 4 * cStep;
        int a5 = aAt + 5 * aStep;
        int c5 = cAt + 5 * cStep;
        int a6 = aAt + 6 * aStep;
        int c6 = cAt + 6 * cStep;
        int a7 = aAt + 7 * aStep;
        int c7 = cAt + 7 * cStep;
        int a8 = aAt + 8 * aStep;
        int c8 = cAt + 8 * cStep;
        int a9 = aAt + 9 * aStep;
        int c9 = cAt + 9 * cStep;
        int a10 = aAt + 10 * aStep;
        int c10 = cAt + 10 * cStep;
        int a11 = aAt + 11 * aStep;
        int c11 = cAt + 11 * cStep;
        FloatVector l0 = start(c, c0, add);
        FloatVector l1 = start(c, c1, add);
        FloatVector l2 = start(c, c2, add);
        FloatVector l3 = start(c, c3, add);
        FloatVector l4 = start(c, c4, add);
        FloatVector l5 = start(c, c5, add);
        FloatVector l6 = start(c, c6, add);
        FloatVector l7 = start(c, c7, add);
        FloatVector l8 = start(c, c8, add);
        FloatVector l9 = start(c, c9, add);
        FloatVector l10 = start(c, c10, add);
        FloatVector l11 = start(c, c11, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = x1.fma(low, l1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            l2 = x2.fma(low, l2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            l3 = x3.fma(low, l3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            l4 = x4.fma(low, l4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            l5 = x5.fma(low, l5);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
            l6 = x6.fma(low, l6);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
            l7 = x7.fma(low, l7);
            FloatVector x8 = FloatVector.broadcast(SPECIES, a[a8 + k]);
            l8 = x8.fma(low, l8);
            FloatVector x9 = FloatVector.broadcast(SPECIES, a[a9 + k]);
            l9 = x9.fma(low, l9);
            FloatVector x10 = FloatVector.broadcast(SPECIES, a[a10 + k]);
            l10 = x10.fma(low, l10);
            FloatVector x11 = FloatVector.broadcast(SPECIES, a[a11 + k]);
            l11 = x11.fma(low, l11);
        }
        l0.intoArray(c, c0);
        l1.intoArray(c, c1);
        l2.intoArray(c, c2);
        l3.intoArray(c, c3);
        l4.intoArray(c, c4);
        l5.intoArray(c, c5);
        l6.intoArray(c, c6);
        l7.intoArray(c, c7);
        l8.intoArray(c, c8);
        l9.intoArray(c, c9);
        l10.intoArray(c, c10);
        l11.intoArray(c, c11);
    }

    private static void narrowFour(
            float[] a,
            int aAt,
            int aStep,
            float[] b,
            int bAt,
            int bStep,
            float[] c,
            int cAt,
            int cStep,
            int depth,
            boolean add) {
        int a0 = aAt + 0 * aStep;
        int c0 = cAt + 0 * cStep;
        int a1 = aAt + 1 * aStep;
        int c1 = cAt + 1 * cStep;
        int a2 = aAt + 2 * aStep;
        int c2 = cAt + 2 * cStep;
        int a3 = aAt + 3 * aStep;
        int c3 = cAt + 3 * cStep;
        FloatVector l0 = start(c, c0, add);
        FloatVector l1 = start(c, c1, add);
        FloatVector l2 = start(c, c2, add);
        FloatVector l3 = start(c, c3, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = x1.fma(low, l1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            l2 = x2.fma(low, l2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            l3 = x3.fma(low, l3);
        }
        l0.intoArray(c, c0);
        l1.intoArray(c, c1);
        l2.intoArray(c, c2);
        l3.intoArray(c, c3);
    }

    private static void narrowOne(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int depth, boolean add) {
        int a0 = aAt;
        int c0 = cAt;
        FloatVector l0 = start(c, c0, add);
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = x0.fma(low, l0);
        }
        l0.intoArray(c, c0);
    }

    @Override
    int nonzero(float[] x, int at, int next, int length, int[] found) {
        int count = 0;
        for (int i = 0; i < length; i += BITS) {
            // A constant of this class in its place would make an object of each vector that the loop carries.
            IntVector places = IntVector.zero(INTEGERS);
            for (int part = BITS - LANES; part >= 0; part -= LANES) {
                // Without their signs, of which 0 may have either.
                VectorMask<Integer> mask = bits(x, at + i + part)
                        .or(bits(x, next + i + part))
                        .lanewise(VectorOperators.LSHL, 1)
                        .compare(VectorOperators.NE, 0);
                // Java 17 has no fast way from a mask to its bits.
                places = places.lanewise(VectorOperators.LSHL, LANES)
                        .or(IntVector.zero(INTEGERS).blend(PLACE, mask));
            }
            // What lies behind the row does not count.
            int bits = places.reduceLanes(VectorOperators.OR) & -1 >>> Math.max(0, BITS - (length - i));
            for (int eight = 0; eight < BITS; eight += 8) {
                int set = bits >>> eight & 255;
                IntVector.fromArray(INTEGERS, SET, set * 8).add(i + eight).intoArray(found, count);
                count += Integer.bitCount(set);
            }
        }
        return count;
    }

    private static IntVector bits(float[] x, int at) {
        return FloatVector.fromArray(SPECIES, x, at).reinterpretAsInts();
    }

    @Override
    void sparse(
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
            boolean add) {
        int j = 0;
        for (; j + 5 * LANES <= columns; j += 5 * LANES) {
            fiveOfTwo(a, row, next, read, count, b, bAt + j, bStep, c, to + j, nextTo + j, add);
        }
        for (; j + 2 * LANES <= columns; j += 2 * LANES) {
            twoOfTwo(a, row, next, read, count, b, bAt + j, bStep, c, to + j, nextTo + j, add);
        }
        if (j < columns) {
            oneOfTwo(a, row, next, read, count, b, bAt + j, bStep, c, to + j, nextTo + j, add);
        }
    }

    /* Some registers of the sums of two rows, which share what is read of the right matrix. */

    private static void fiveOfTwo(
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
            boolean add) {
        FloatVector s0 = start(c, to, add);
        FloatVector s1 = start(c, to + LANES, add);
        FloatVector s2 = start(c, to + 2 * LANES, add);
        FloatVector s3 = start(c, to + 3 * LANES, add);
        FloatVector s4 = start(c, to + 4 * LANES, add);
        FloatVector t0 = start(c, nextTo, add);
        FloatVector t1 = start(c, nextTo + LANES, add);
        FloatVector t2 = start(c, nextTo + 2 * LANES, add);
        FloatVector t3 = start(c, nextTo + 3 * LANES, add);
        FloatVector t4 = start(c, nextTo + 4 * LANES, add);
        for (int i = 0; i < count; i++) {
            int k = read[i];
            int at = bAt + k * bStep;
            FloatVector x = FloatVector.broadcast(SPECIES, a[row + k]);
            FloatVector y = FloatVector.broadcast(SPECIES, a[next + k]);
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            s0 = x.fma(b0, s0);
            t0 = y.fma(b0, t0);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            s1 = x.fma(b1, s1);
            t1 = y.fma(b1, t1);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LANES);
            s2 = x.fma(b2, s2);
            t2 = y.fma(b2, t2);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, at + 3 * LANES);
            s3 = x.fma(b3, s3);
            t3 = y.fma(b3, t3);
            FloatVector b4 = FloatVector.fromArray(SPECIES, b, at + 4 * LANES);
            s4 = x.fma(b4, s4);
            t4 = y.fma(b4, t4);
        }
        s0.intoArray(c, to);
        s1.intoArray(c, to + LANES);
        s2.intoArray(c, to + 2 * LANES);
        s3.intoArray(c, to + 3 * LANES);
        s4.intoArray(c, to + 4 * LANES);
        t0.intoArray(c, nextTo);
        t1.intoArray(c, nextTo + LANES);
        t2.intoArray(c, nextTo + 2 * LANES);
        t3.intoArray(c, nextTo + 3 * LANES);
        t4.intoArray(c, nextTo + 4 * LANES);
    }

    private static void twoOfTwo(
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
            boolean add) {
        FloatVector s0 = start(c, to, add);
        FloatVector s1 = start(c, to + LANES, add);
        FloatVector t0 = start(c, nextTo, add);
        FloatVector t1 = start(c, nextTo + LANES, add);
        for (int i = 0; i < count; i++) {
            int k = read[i];
            int at = bAt + k * bStep;
            FloatVector x = FloatVector.broadcast(SPECIES, a[row + k]);
            FloatVector y = FloatVector.broadcast(SPECIES, a[next + k]);
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            s0 = x.fma(b0, s0);
            t0 = y.fma(b0, t0);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            s1 = x.fma(b1, s1);
            t1 = y.fma(b1, t1);
        }
        s0.intoArray(c, to);
        s1.intoArray(c, to + LANES);
        t0.intoArray(c, nextTo);
        t1.intoArray(c, nextTo + LANES);
    }

    private static void oneOfTwo(
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
            boolean add) {
        FloatVector s0 = start(c, to, add);
        FloatVector t0 = start(c, nextTo, add);
        for (int i = 0; i < count; i++) {
            int k = read[i];
            int at = bAt + k * bStep;
            FloatVector x = FloatVector.broadcast(SPECIES, a[row + k]);
            FloatVector y = FloatVector.broadcast(SPECIES, a[next + k]);
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            s0 = x.fma(b0, s0);
            t0 = y.fma(b0, t0);
        }
        s0.intoArray(c, to);
        t0.intoArray(c, nextTo);
    }

    private static FloatVector start(float[] c, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
    }

    @Override
    void each(float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns) {
        if (columns < LANES) {
            int j = 0;
            for (; j + 4 <= columns; j += 4) {
                fourColumns(a, aAt, b, bAt + j, bStep, c, cAt + j, rows, depth, columns);
            }
            for (; j < columns; j++) {
                oneColumn(a, aAt, b, bAt + j, bStep, c, cAt + j, rows, depth, columns);
            }
            return;
        }
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            for (int j = 0; j < columns; j += LANES) {
                // The last register overlaps the one before; what it sums again has the same bits.
                int column = Math.min(j, columns - LANES);
                int to = cAt + r * columns + column;
                eachFour(a, aAt + r * depth, b, bAt + r * bStep + column, bStep, c, to, depth, columns);
            }
        }
        for (; r < rows; r++) {
            for (int j = 0; j < columns; j += LANES) {
                int column = Math.min(j, columns - LANES);
                int to = cAt + r * columns + column;
                narrowOne(a, aAt + r * depth, b, bAt + r * bStep + column, columns, c, to, depth, false);
            }
        }
    }

    /* Columns that fill no register: sums of two rows side by side, since each alone would wait for itself. */

    private static void fourColumns(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns) {
        for (int r = 0; r < rows; r += 2) {
            // The last of an odd number of rows is its own neighbour.
            int next = Math.min(r + 1, rows - 1);
            int row0 = aAt + r * depth;
            int row1 = aAt + next * depth;
            int i0 = bAt + r * bStep;
            int i1 = bAt + next * bStep;
            float sum00 = 0;
            float sum01 = 0;
            float sum02 = 0;
            float sum03 = 0;
            float sum10 = 0;
            float sum11 = 0;
            float sum12 = 0;
            float sum13 = 0;
            for (int k = 0; k < depth; k++) {
                float x0 = a[row0 + k];
                float x1 = a[row1 + k];
                sum00 = Math.fma(x0, b[i0], sum00);
                sum01 = Math.fma(x0, b[i0 + 1], sum01);
                sum02 = Math.fma(x0, b[i0 + 2], sum02);
                sum03 = Math.fma(x0, b[i0 + 3], sum03);
                sum10 = Math.fma(x1, b[i1], sum10);
                sum11 = Math.fma(x1, b[i1 + 1], sum11);
                sum12 = Math.fma(x1, b[i1 + 2], sum12);
                sum13 = Math.fma(x1, b[i1 + 3], sum13);
                i0 += columns;
                i1 += columns;
            }
            int to0 = cAt + r * columns;
            int to1 = cAt + next * columns;
            c[to0] = sum00;
            c[to0 + 1] = sum01;
            c[to0 + 2] = sum02;
            c[to0 + 3] = sum03;
            c[to1] = sum10;
            c[to1 + 1] = sum11;
            c[to1 + 2] = sum12;
            c[to1 + 3] = sum13;
        }
    }

    private static void oneColumn(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int rows, int depth, int columns) {
        for (int r = 0; r < rows; r++) {
            float sum = 0;
            for (int k = 0; k < depth; k++) {
                sum = Math.fma(a[aAt + r * depth + k], b[bAt + r * bStep + k * columns], sum);
            }
            c[cAt + r * columns] = sum;
        }
    }

    /** A register of columns of four rows with a matrix each: one row's chain alone would wait for each of its sums. */
    private static void eachFour(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int depth, int columns) {
        FloatVector l0 = FloatVector.zero(SPECIES);
        FloatVector l1 = FloatVector.zero(SPECIES);
        FloatVector l2 = FloatVector.zero(SPECIES);
        FloatVector l3 = FloatVector.zero(SPECIES);
        for (int k = 0; k < depth; k++) {
            int i = bAt + k * columns;
            l0 = FloatVector.broadcast(SPECIES, a[aAt + k]).fma(FloatVector.fromArray(SPECIES, b, i), l0);
            l1 = FloatVector.broadcast(SPECIES, a[aAt + depth + k])
                    .fma(FloatVector.fromArray(SPECIES, b, i + bStep), l1);
            l2 = FloatVector.broadcast(SPECIES, a[aAt + 2 * depth + k])
                    .fma(FloatVector.fromArray(SPECIES, b, i + 2 * bStep), l2);
            l3 = FloatVector.broadcast(SPECIES, a[aAt + 3 * depth + k])
                    .fma(FloatVector.fromArray(SPECIES, b, i + 3 * bStep), l3);
        }
        l0.intoArray(c, cAt);
        l1.intoArray(c, cAt + columns);
        l2.intoArray(c, cAt + 2 * columns);
        l3.intoArray(c, cAt + 3 * columns);
    }

    @Override
    public float dot(float[] x, int xAt, float[] y, int yAt, int length) {
        int whole = length / CHAINS * CHAINS;
        float sum = switch (LANES) {
            case CHAINS -> dotOfOne(x, xAt, y, yAt, whole);
            case CHAINS / 2 -> dotOfTwo(x, xAt, y, yAt, whole);
            case CHAINS / 4 -> dotOfFour(x, xAt, y, yAt, whole);
            default -> plain.dot(x, xAt, y, yAt, whole);
        };
        float rest = 0;
        for (int i = whole; i < length; i++) {
            rest = Math.fma(x[xAt + i], y[yAt + i], rest);
        }
        return sum + rest;
    }

    /* The chains of a dot product in one, two or four registers, and their sum, halves to halves. */

    private static float dotOfOne(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector sums = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += LANES) {
            sums = fma(x, xAt + i, y, yAt + i, sums);
        }
        FloatVector halves = sums.add(sums.rearrange(HALF));
        FloatVector quarters = halves.add(halves.rearrange(QUARTER));
        FloatVector eighths = quarters.add(quarters.rearrange(EIGHTH));
        return eighths.lane(0) + eighths.lane(1);
    }

    private static float dotOfTwo(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += CHAINS) {
            low = fma(x, xAt + i, y, yAt + i, low);
            high = fma(x, xAt + i + LANES, y, yAt + i + LANES, high);
        }
        FloatVector sums = low.add(high);
        float even = (sums.lane(0) + sums.lane(4)) + (sums.lane(2) + sums.lane(6));
        float odd = (sums.lane(1) + sums.lane(5)) + (sums.lane(3) + sums.lane(7));
        return even + odd;
    }

    private static float dotOfFour(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector first = FloatVector.zero(SPECIES);
        FloatVector second = FloatVector.zero(SPECIES);
        FloatVector third = FloatVector.zero(SPECIES);
        FloatVector fourth = FloatVector.zero(SPECIES);
        for (int i = 0; i < length; i += CHAINS) {
            first = fma(x, xAt + i, y, yAt + i, first);
            second = fma(x, xAt + i + LANES, y, yAt + i + LANES, second);
            third = fma(x, xAt + i + 2 * LANES, y, yAt + i + 2 * LANES, third);
            fourth = fma(x, xAt + i + 3 * LANES, y, yAt + i + 3 * LANES, fourth);
        }
        FloatVector sums = first.add(third).add(second.add(fourth));
        return (sums.lane(0) + sums.lane(2)) + (sums.lane(1) + sums.lane(3));
    }

    private static FloatVector fma(float[] x, int xAt, float[] y, int yAt, FloatVector sums) {
        return FloatVector.fromArray(SPECIES, x, xAt).fma(FloatVector.fromArray(SPECIES, y, yAt), sums);
    }

    @Override
    public void addScaled(float factor, float[] source, int from, float[] target, int to, int length) {
        FloatVector scale = FloatVector.broadcast(SPECIES, factor);
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            scale.fma(FloatVector.fromArray(SPECIES, source, from + i), FloatVector.fromArray(SPECIES, target, to + i))
                    .intoArray(target, to + i);
        }
        for (; i < length; i++) {
            target[to + i] = Math.fma(factor, source[from + i], target[to + i]);
        }
    }
}

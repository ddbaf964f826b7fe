// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** SIMD loops with the widest registers of this processor; loaded by name, since the incubator module may be absent. */
final class VectorMatrixKernels extends MatrixKernels {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = 2 * LANES;
    /* Bring the second half, quarter and eighth of a register to its front. */
    private static final VectorShuffle<Float> HALF = VectorShuffle.iota(SPECIES, LANES / 2, 1, true);
    private static final VectorShuffle<Float> QUARTER = VectorShuffle.iota(SPECIES, LANES / 4, 1, true);
    private static final VectorShuffle<Float> EIGHTH = VectorShuffle.iota(SPECIES, LANES / 8, 1, true);
    /** Processors with registers of 32 bytes have 16 of them; the others have 32, which the large tile nearly fills. */
    private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() != 256;

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void multiply(
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
            boolean add) {
        int k = 0;
        do {
            int part = Math.min(DEPTH, depth - k);
            for (int panel = 0; panel < rows; panel += PANEL) {
                int from = aAt + panel(panel, k, depth);
                int here = Math.min(PANEL, rows - panel);
                tiles(a, from, b, bAt + k * bStep, bStep, c, cAt + panel * cStep, cStep, here, part, add || k > 0);
            }
            k += part;
        } while (k < depth);
    }

    private static void tiles(
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
            boolean add) {
        if (rows == PANEL && MANY_REGISTERS) {
            twelve(a, aAt, b, bAt, bStep, c, cAt, cStep, depth, add);
            return;
        }
        for (int r = 0; r < rows; r += ROWS) {
            four(a, aAt + r, b, bAt, bStep, c, cAt + r * cStep, cStep, depth, add);
        }
    }

    /*
     * The sums of a tile stay in registers while the inner index runs. The compiler keeps them there only if each has a
     * name, which is why nothing here is a loop.
     */

    private static void twelve(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int cStep, int depth, boolean add) {
        FloatVector l0 = start(c, cAt + 0 * cStep, add);
        FloatVector h0 = start(c, cAt + 0 * cStep + LANES, add);
        FloatVector l1 = start(c, cAt + 1 * cStep, add);
        FloatVector h1 = start(c, cAt + 1 * cStep + LANES, add);
        FloatVector l2 = start(c, cAt + 2 * cStep, add);
        FloatVector h2 = start(c, cAt + 2 * cStep + LANES, add);
        FloatVector l3 = start(c, cAt + 3 * cStep, add);
        FloatVector h3 = start(c, cAt + 3 * cStep + LANES, add);
        FloatVector l4 = start(c, cAt + 4 * cStep, add);
        FloatVector h4 = start(c, cAt + 4 * cStep + LANES, add);
        FloatVector l5 = start(c, cAt + 5 * cStep, add);
        FloatVector h5 = start(c, cAt + 5 * cStep + LANES, add);
        FloatVector l6 = start(c, cAt + 6 * cStep, add);
        FloatVector h6 = start(c, cAt + 6 * cStep + LANES, add);
        FloatVector l7 = start(c, cAt + 7 * cStep, add);
        FloatVector h7 = start(c, cAt + 7 * cStep + LANES, add);
        FloatVector l8 = start(c, cAt + 8 * cStep, add);
        FloatVector h8 = start(c, cAt + 8 * cStep + LANES, add);
        FloatVector l9 = start(c, cAt + 9 * cStep, add);
        FloatVector h9 = start(c, cAt + 9 * cStep + LANES, add);
        FloatVector l10 = start(c, cAt + 10 * cStep, add);
        FloatVector h10 = start(c, cAt + 10 * cStep + LANES, add);
        FloatVector l11 = start(c, cAt + 11 * cStep, add);
        FloatVector h11 = start(c, cAt + 11 * cStep + LANES, add);
        for (int k = 0; k < depth; k++) {
            int i = aAt + k * PANEL;
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[i + 0]);
            l0 = a0.fma(low, l0);
            h0 = a0.fma(high, h0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + 1]);
            l1 = a1.fma(low, l1);
            h1 = a1.fma(high, h1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2]);
            l2 = a2.fma(low, l2);
            h2 = a2.fma(high, h2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3]);
            l3 = a3.fma(low, l3);
            h3 = a3.fma(high, h3);
            FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4]);
            l4 = a4.fma(low, l4);
            h4 = a4.fma(high, h4);
            FloatVector a5 = FloatVector.broadcast(SPECIES, a[i + 5]);
            l5 = a5.fma(low, l5);
            h5 = a5.fma(high, h5);
            FloatVector a6 = FloatVector.broadcast(SPECIES, a[i + 6]);
            l6 = a6.fma(low, l6);
            h6 = a6.fma(high, h6);
            FloatVector a7 = FloatVector.broadcast(SPECIES, a[i + 7]);
            l7 = a7.fma(low, l7);
            h7 = a7.fma(high, h7);
            FloatVector a8 = FloatVector.broadcast(SPECIES, a[i + 8]);
            l8 = a8.fma(low, l8);
            h8 = a8.fma(high, h8);
            FloatVector a9 = FloatVector.broadcast(SPECIES, a[i + 9]);
            l9 = a9.fma(low, l9);
            h9 = a9.fma(high, h9);
            FloatVector a10 = FloatVector.broadcast(SPECIES, a[i + 10]);
            l10 = a10.fma(low, l10);
            h10 = a10.fma(high, h10);
            FloatVector a11 = FloatVector.broadcast(SPECIES, a[i + 11]);
            l11 = a11.fma(low, l11);
            h11 = a11.fma(high, h11);
        }
        l0.intoArray(c, cAt + 0 * cStep);
        h0.intoArray(c, cAt + 0 * cStep + LANES);
        l1.intoArray(c, cAt + 1 * cStep);
        h1.intoArray(c, cAt + 1 * cStep + LANES);
        l2.intoArray(c, cAt + 2 * cStep);
        h2.intoArray(c, cAt + 2 * cStep + LANES);
        l3.intoArray(c, cAt + 3 * cStep);
        h3.intoArray(c, cAt + 3 * cStep + LANES);
        l4.intoArray(c, cAt + 4 * cStep);
        h4.intoArray(c, cAt + 4 * cStep + LANES);
        l5.intoArray(c, cAt + 5 * cStep);
        h5.intoArray(c, cAt + 5 * cStep + LANES);
        l6.intoArray(c, cAt + 6 * cStep);
        h6.intoArray(c, cAt + 6 * cStep + LANES);
        l7.intoArray(c, cAt + 7 * cStep);
        h7.intoArray(c, cAt + 7 * cStep + LANES);
        l8.intoArray(c, cAt + 8 * cStep);
        h8.intoArray(c, cAt + 8 * cStep + LANES);
        l9.intoArray(c, cAt + 9 * cStep);
        h9.intoArray(c, cAt + 9 * cStep + LANES);
        l10.intoArray(c, cAt + 10 * cStep);
        h10.intoArray(c, cAt + 10 * cStep + LANES);
        l11.intoArray(c, cAt + 11 * cStep);
        h11.intoArray(c, cAt + 11 * cStep + LANES);
    }

    private static void four(
            float[] a, int aAt, float[] b, int bAt, int bStep, float[] c, int cAt, int cStep, int depth, boolean add) {
        FloatVector l0 = start(c, cAt + 0 * cStep, add);
        FloatVector h0 = start(c, cAt + 0 * cStep + LANES, add);
        FloatVector l1 = start(c, cAt + 1 * cStep, add);
        FloatVector h1 = start(c, cAt + 1 * cStep + LANES, add);
        FloatVector l2 = start(c, cAt + 2 * cStep, add);
        FloatVector h2 = start(c, cAt + 2 * cStep + LANES, add);
        FloatVector l3 = start(c, cAt + 3 * cStep, add);
        FloatVector h3 = start(c, cAt + 3 * cStep + LANES, add);
        for (int k = 0; k < depth; k++) {
            int i = aAt + k * PANEL;
            FloatVector low = FloatVector.fromArray(SPECIES, b, bAt + k * bStep);
            FloatVector high = FloatVector.fromArray(SPECIES, b, bAt + k * bStep + LANES);
            FloatVector a0 = FloatVector.broadcast(SPECIES, a[i + 0]);
            l0 = a0.fma(low, l0);
            h0 = a0.fma(high, h0);
            FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + 1]);
            l1 = a1.fma(low, l1);
            h1 = a1.fma(high, h1);
            FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2]);
            l2 = a2.fma(low, l2);
            h2 = a2.fma(high, h2);
            FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3]);
            l3 = a3.fma(low, l3);
            h3 = a3.fma(high, h3);
        }
        l0.intoArray(c, cAt + 0 * cStep);
        h0.intoArray(c, cAt + 0 * cStep + LANES);
        l1.intoArray(c, cAt + 1 * cStep);
        h1.intoArray(c, cAt + 1 * cStep + LANES);
        l2.intoArray(c, cAt + 2 * cStep);
        h2.intoArray(c, cAt + 2 * cStep + LANES);
        l3.intoArray(c, cAt + 3 * cStep);
        h3.intoArray(c, cAt + 3 * cStep + LANES);
    }

    private static FloatVector start(float[] c, int at, boolean add) {
        return add ? FloatVector.fromArray(SPECIES, c, at) : FloatVector.zero(SPECIES);
    }

    @Override
    public void pairs(float[] left, int leftAt, float[] right, int rightAt, float[] target, int at, int rows) {
        FloatVector low = FloatVector.fromArray(SPECIES, left, leftAt);
        FloatVector high = FloatVector.fromArray(SPECIES, left, leftAt + LANES);
        for (int i = 0; i < rows * WIDTH; i += WIDTH) {
            low.mul(FloatVector.fromArray(SPECIES, right, rightAt + i)).intoArray(target, at + i);
            high.mul(FloatVector.fromArray(SPECIES, right, rightAt + i + LANES)).intoArray(target, at + i + LANES);
        }
    }

    @Override
    public void pairsGradient(
            float[] gradient,
            int at,
            float[] left,
            float[] leftGradient,
            int leftAt,
            float[] right,
            int rightAt,
            float[] rightGradient,
            int rightGradientAt,
            int rows) {
        for (int half = 0; half < WIDTH; half += LANES) {
            FloatVector l = FloatVector.fromArray(SPECIES, left, leftAt + half);
            FloatVector sum = FloatVector.fromArray(SPECIES, leftGradient, leftAt + half);
            for (int i = half; i < rows * WIDTH; i += WIDTH) {
                FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + i);
                sum = g.fma(FloatVector.fromArray(SPECIES, right, rightAt + i), sum);
                g.fma(l, FloatVector.fromArray(SPECIES, rightGradient, rightGradientAt + i))
                        .intoArray(rightGradient, rightGradientAt + i);
            }
            sum.intoArray(leftGradient, leftAt + half);
        }
    }

    @Override
    public void transposedPairs(
            float[] left,
            int leftAt,
            float[] right,
            int rightAt,
            int rightStep,
            float[] target,
            int at,
            int step,
            int rows) {
        for (int j = 0; j < WIDTH; j++) {
            FloatVector scale = FloatVector.broadcast(SPECIES, left[leftAt + j]);
            int from = rightAt + j * rightStep;
            int to = at + j * step;
            for (int r = 0; r < rows; r += LANES) {
                scale.mul(FloatVector.fromArray(SPECIES, right, from + r)).intoArray(target, to + r);
            }
        }
    }

    @Override
    public void rectify(float[] x, int at, int length) {
        for (int i = at; i < at + length; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).max(0).intoArray(x, i);
        }
    }

    @Override
    public float largest(float[] x, int at, int step, int rows) {
        FloatVector low = FloatVector.zero(SPECIES);
        FloatVector high = FloatVector.zero(SPECIES);
        for (int r = 0; r < rows; r++) {
            low = low.max(FloatVector.fromArray(SPECIES, x, at + r * step));
            high = high.max(FloatVector.fromArray(SPECIES, x, at + r * step + LANES));
        }
        FloatVector halves = low.max(high);
        FloatVector quarters = halves.max(halves.rearrange(HALF));
        FloatVector eighths = quarters.max(quarters.rearrange(QUARTER));
        FloatVector two = eighths.max(eighths.rearrange(EIGHTH));
        return Math.max(two.lane(0), two.lane(1));
    }

    @Override
    public void rectifyGradient(float[] y, int yAt, float[] gradient, int at, int length) {
        for (int i = 0; i < length; i += LANES) {
            FloatVector g = FloatVector.fromArray(SPECIES, gradient, at + i);
            g.blend(0, FloatVector.fromArray(SPECIES, y, yAt + i).compare(VectorOperators.EQ, 0))
                    .intoArray(gradient, at + i);
        }
    }
}

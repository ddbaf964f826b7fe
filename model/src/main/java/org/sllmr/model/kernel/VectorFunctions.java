// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** SIMD loops with the widest registers of this processor; loaded by name, since the incubator module may be absent. */
final class VectorFunctions extends Functions {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /* Bring each of the first elements of a register to two, four or eight places behind each other. */
    private static final VectorShuffle<Float> TWICE = repeated(2);
    private static final VectorShuffle<Float> FOUR_TIMES = repeated(4);
    private static final VectorShuffle<Float> EIGHT_TIMES = repeated(8);

    private static VectorShuffle<Float> repeated(int times) {
        return VectorShuffle.fromOp(SPECIES, lane -> lane / times);
    }

    private final PlainFunctions plain = new PlainFunctions();

    @Override
    public String name() {
        return Simd.name(SPECIES.vectorBitSize());
    }

    @Override
    public void exp(float[] x, int at, int length) {
        int i = at;
        for (; i + LANES <= at + length; i += LANES) {
            exp(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        for (; i < at + length; i++) {
            x[i] = exp(x[i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int at, int length) {
        int i = at;
        for (; i + LANES <= at + length; i += LANES) {
            FloatVector one = FloatVector.broadcast(SPECIES, 1);
            one.div(exp(FloatVector.fromArray(SPECIES, x, i).neg()).add(1)).intoArray(x, i);
        }
        for (; i < at + length; i++) {
            x[i] = sigmoid(x[i]);
        }
    }

    @Override
    public void tanh(float[] x, int at, int length) {
        int i = at;
        for (; i + LANES <= at + length; i += LANES) {
            tanh(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        for (; i < at + length; i++) {
            x[i] = tanh(x[i]);
        }
    }

    @Override
    public void rectify(float[] x, int at, int length) {
        int i = at;
        for (; i + LANES <= at + length; i += LANES) {
            rectify(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
        }
        for (; i < at + length; i++) {
            x[i] = Math.max(0, x[i]);
        }
    }

    /** As Math.max: -0 becomes 0, and NaN stays. */
    private static FloatVector rectify(FloatVector x) {
        return x.blend(0, x.compare(VectorOperators.LE, 0));
    }

    @Override
    void sum(float[] x, int xAt, float[] y, int yAt, float[] target, int to, int length, boolean rectified) {
        if (length < LANES) {
            for (int i = 0; i < length; i++) {
                float sum = x[xAt + i] + y[yAt + i];
                target[to + i] = rectified ? Math.max(0, sum) : sum;
            }
            return;
        }
        // The last register overlaps the one before; it is read before anything is written, as the target may be x or
        // y.
        int rest = length - LANES;
        FloatVector last = sum(x, xAt + rest, y, yAt + rest);
        int i = 0;
        if (rectified) {
            for (; i < rest; i += LANES) {
                rectify(sum(x, xAt + i, y, yAt + i)).intoArray(target, to + i);
            }
            rectify(last).intoArray(target, to + rest);
        } else {
            for (; i < rest; i += LANES) {
                sum(x, xAt + i, y, yAt + i).intoArray(target, to + i);
            }
            last.intoArray(target, to + rest);
        }
    }

    private static FloatVector sum(float[] x, int xAt, float[] y, int yAt) {
        return FloatVector.fromArray(SPECIES, x, xAt).add(FloatVector.fromArray(SPECIES, y, yAt));
    }

    @Override
    public void scale(float[] x, float[] factors, int repeat, float[] target, int at, int length) {
        int whole = length / LANES * LANES;
        // The loops of few elements that plain Java would need take several times as long.
        if (repeat == 2 && LANES >= 2) {
            scale(x, factors, 2, TWICE, target, at, whole);
        } else if (repeat == 4 && LANES >= 4) {
            scale(x, factors, 4, FOUR_TIMES, target, at, whole);
        } else if (repeat == 8 && LANES >= 8) {
            scale(x, factors, 8, EIGHT_TIMES, target, at, whole);
        } else {
            whole = 0;
        }
        plain.scale(x, factors, repeat, target, at + whole, length - whole);
    }

    private static void scale(
            float[] x, float[] factors, int repeat, VectorShuffle<Float> places, float[] target, int at, int length) {
        int place = at / repeat;
        for (int i = at; i < at + length; i += LANES) {
            FloatVector factor = FloatVector.fromArray(SPECIES, factors, place).rearrange(places);
            FloatVector.fromArray(SPECIES, x, i).mul(factor).intoArray(target, i);
            place += LANES / repeat;
        }
    }

    @Override
    public void rectifyGradient(float[] y, float[] upstream, float[] target, int at, int length) {
        int i = at;
        for (; i + LANES <= at + length; i += LANES) {
            FloatVector.fromArray(SPECIES, upstream, i)
                    .blend(0, FloatVector.fromArray(SPECIES, y, i).compare(VectorOperators.EQ, 0))
                    .intoArray(target, i);
        }
        for (; i < at + length; i++) {
            target[i] = y[i] == 0 ? 0 : upstream[i];
        }
    }

    private static FloatVector exp(FloatVector x) {
        // As Math.max and Math.min, which NaN passes.
        FloatVector cut = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
        cut = cut.blend(MOST, cut.compare(VectorOperators.GT, MOST));
        FloatVector rounded = cut.fma(FloatVector.broadcast(SPECIES, LOG2_E), FloatVector.broadcast(SPECIES, ROUND));
        FloatVector power = rounded.sub(ROUND);
        FloatVector r = power.fma(FloatVector.broadcast(SPECIES, -LN2_HIGH), cut);
        r = power.fma(FloatVector.broadcast(SPECIES, -LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(SPECIES, EXP[0]);
        p = p.fma(r, FloatVector.broadcast(SPECIES, EXP[1]));
        p = p.fma(r, FloatVector.broadcast(SPECIES, EXP[2]));
        p = p.fma(r, FloatVector.broadcast(SPECIES, EXP[3]));
        p = p.fma(r, FloatVector.broadcast(SPECIES, EXP[4]));
        p = p.fma(r, FloatVector.broadcast(SPECIES, EXP[5]));
        FloatVector y = p.fma(r.mul(r), r).add(1);
        IntVector exponent = rounded.reinterpretAsInts().sub(ROUND_BITS - 127).lanewise(VectorOperators.LSHL, 23);
        return y.mul(exponent.reinterpretAsFloats());
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector square = x.mul(x);
        FloatVector p = FloatVector.broadcast(SPECIES, TANH[0]);
        p = p.fma(square, FloatVector.broadcast(SPECIES, TANH[1]));
        p = p.fma(square, FloatVector.broadcast(SPECIES, TANH[2]));
        p = p.fma(square, FloatVector.broadcast(SPECIES, TANH[3]));
        p = p.fma(square, FloatVector.broadcast(SPECIES, TANH[4]));
        FloatVector small = p.mul(square).fma(x, x);
        FloatVector magnitude = x.abs();
        FloatVector two = FloatVector.broadcast(SPECIES, 2);
        FloatVector large = FloatVector.broadcast(SPECIES, 1)
                .sub(two.div(exp(magnitude.mul(2)).add(1)));
        VectorMask<Float> negative = x.compare(VectorOperators.LT, 0);
        large = large.blend(large.neg(), negative);
        return large.blend(small, magnitude.compare(VectorOperators.LT, SMALL));
    }
}

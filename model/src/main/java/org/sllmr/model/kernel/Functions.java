// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

/**
 * Activation functions of arrays; every implementation gives the same bits on every processor and every version of Java.
 *
 * <p>Java's own {@code Math.exp} and {@code Math.tanh} may differ between them in the last bit. These are polynomials of
 * fused multiply-adds. {@code exp} and {@code sigmoid} are within 2e-7, {@code tanh} within 3e-7 of the true value,
 * relatively. Arguments of exp are cut to [-87, 87], so that neither its results nor those of {@code sigmoid} are subnormal or
 * infinite; NaN stays NaN.
 */
public abstract class Functions {
    static final float LEAST = -87;
    static final float MOST = 87;
    static final float LOG2_E = 1.442695f;
    /** The natural logarithm of 2 in two parts, of which the first has few bits. */
    static final float LN2_HIGH = 0.6933594f;

    static final float LN2_LOW = -2.1219444e-4f;
    /** Added to a float below 2^22 it leaves the nearest integer in the last bits. */
    static final float ROUND = 12582912f;

    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    /** Coefficients of (exp(r) - 1 - r) / r^2 for |r| up to ln(2) / 2, the highest power first. */
    static final float[] EXP = {1.9875691e-4f, 1.3981999e-3f, 0.008333452f, 0.041665796f, 0.16666666f, 0.5f};
    /** Below it, tanh is an odd polynomial. */
    static final float SMALL = 0.625f;
    /** Coefficients of (tanh(x) - x) / x^3 by x^2, the highest power first. */
    static final float[] TANH = {-0.0057049887f, 0.020639088f, -0.053739715f, 0.13331442f, -0.3333328f};

    /** Floats from which on a vector is summed by itself. */
    private static final int SHORT = 64;

    private static final class Fastest {
        private static final Functions FUNCTIONS =
                Simd.orPlain("org.sllmr.model.kernel.VectorFunctions", Functions.class, PlainFunctions::new);
    }

    Functions() {}

    /** SIMD where {@link SimdModule} is there, else plain Java. */
    public static Functions fastest() {
        return Fastest.FUNCTIONS;
    }

    /** Plain Java loops. */
    public static Functions plain() {
        return new PlainFunctions();
    }

    /** What the loops are compiled to, such as {@code SIMD of 512 bits} or {@code plain Java}. */
    public abstract String name();

    /** {@code x[i] = exp(x[i])} for {@code at <= i < at + length}. */
    public abstract void exp(float[] x, int at, int length);

    /** {@code x[i] = 1 / (1 + exp(-x[i]))}. */
    public abstract void sigmoid(float[] x, int at, int length);

    /** {@code x[i] = tanh(x[i])}. */
    public abstract void tanh(float[] x, int at, int length);

    /** {@code x[i] = max(0, x[i])}. */
    public abstract void rectify(float[] x, int at, int length);

    /**
     * Sums of vectors: {@code target[to + r * width + i] = x[xAt + r * width + i] + y[yAt + r * yStep + i]} for {@code r < rows}
     * and {@code i < width}. The target may be x or y.
     *
     * @param yStep the width, or 0 for one vector that all rows share
     * @param rectified whether a sum below 0 becomes 0
     */
    public final void sum(
            float[] x,
            int xAt,
            float[] y,
            int yAt,
            int yStep,
            float[] target,
            int to,
            int rows,
            int width,
            boolean rectified) {
        if (yStep == width) {
            sum(x, xAt, y, yAt, target, to, rows * width, rectified);
            return;
        }
        float[] shared = y;
        int from = yAt;
        int length = width;
        if (width < SHORT) {
            // Some copies behind each other, since a call for each short vector would take longer than its sums.
            length = Math.min(rows, SHORT / width) * width;
            shared = new float[length];
            for (int i = 0; i < length; i += width) {
                System.arraycopy(y, yAt, shared, i, width);
            }
            from = 0;
        }
        int end = rows * width;
        for (int at = 0; at < end; at += length) {
            sum(x, xAt + at, shared, from, target, to + at, Math.min(length, end - at), rectified);
        }
    }

    /** {@code target[to + i] = x[xAt + i] + y[yAt + i]} for {@code i < length}; with rectified, 0 where the sum is less. */
    abstract void sum(float[] x, int xAt, float[] y, int yAt, float[] target, int to, int length, boolean rectified);

    /**
     * Products with factors that count for some consecutive elements each: {@code target[i] = x[i] * factors[i / repeat]} for
     * {@code at <= i < at + length}. {@link Products#SLACK} floats must follow the factors.
     *
     * @param at a multiple of repeat
     */
    public abstract void scale(float[] x, float[] factors, int repeat, float[] target, int at, int length);

    /** The gradient of {@link #rectify}: 0 where what it returned, y, is 0; else the gradient from above. */
    public abstract void rectifyGradient(float[] y, float[] upstream, float[] target, int at, int length);

    /** exp of one number, with the bits of {@link #exp(float[], int, int)}. */
    public static float exp(float x) {
        float cut = Math.min(Math.max(x, LEAST), MOST);
        float rounded = Math.fma(cut, LOG2_E, ROUND);
        float power = rounded - ROUND;
        float r = Math.fma(power, -LN2_LOW, Math.fma(power, -LN2_HIGH, cut));
        float p = EXP[0];
        for (int i = 1; i < EXP.length; i++) {
            p = Math.fma(p, r, EXP[i]);
        }
        float y = Math.fma(p, r * r, r) + 1;
        int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
        return y * Float.intBitsToFloat((exponent + 127) << 23);
    }

    /** The logistic function of one number. */
    public static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }

    /** tanh of one number. */
    public static float tanh(float x) {
        float square = x * x;
        float p = TANH[0];
        for (int i = 1; i < TANH.length; i++) {
            p = Math.fma(p, square, TANH[i]);
        }
        float small = Math.fma(p * square, x, x);
        float large = 1 - 2 / (exp(Math.abs(x) * 2) + 1);
        return Math.abs(x) < SMALL ? small : Math.copySign(large, x);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.numeric;

/**
 * exp and log, fast and with the same bits on every processor and every version of Java.
 *
 * <p>{@code Math.exp} and {@code Math.log} may differ in their last bits, because Java has its own code for them on each kind
 * of processor. {@code StrictMath} may not, but its branches make it half as fast in a loss. These are the polynomials of
 * fdlibm, which {@code StrictMath} is defined by, without the branches; {@code Math.fma} is exact by definition.
 */
public final class Exponential {
    /** Beyond it results may be subnormal or infinite. */
    private static final double LARGE = 708;

    private static final double INVERSE_LN2 = 1.4426950408889634;
    /** The natural logarithm of 2 in two parts; a multiple of the first by an exponent is exact. */
    private static final double LN2_HIGH = 0.6931471803691238;

    private static final double LN2_LOW = 1.9082149292705877e-10;
    /** Added to a double below 2^51 it leaves the nearest integer in the last bits. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    private static final int BIAS = 1023;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final long BITS_OF_1 = Double.doubleToRawLongBits(1);
    /** Coefficients of r (exp(r) + 1) / (exp(r) - 1) - 2 by r^2, for |r| up to ln(2) / 2. */
    private static final double P1 = 0.16666666666666602;

    private static final double P2 = -0.0027777777777015593;
    private static final double P3 = 6.613756321437934e-5;
    private static final double P4 = -1.6533902205465252e-6;
    private static final double P5 = 4.1381367970572385e-8;
    /** Coefficients of (log((1 + s) / (1 - s)) - 2 s) / s by s^2, for |s| up to 3 - 2 sqrt(2). */
    private static final double L1 = 0.6666666666666735;

    private static final double L2 = 0.3999999999940942;
    private static final double L3 = 0.2857142874366239;
    private static final double L4 = 0.22222198432149784;
    private static final double L5 = 0.1818357216161805;
    private static final double L6 = 0.15313837699209373;
    private static final double L7 = 0.14798198605106586;
    private static final double SQRT2 = 1.4142135623730951;

    private Exponential() {}

    /** exp(x), of any x: within 1 unit in the last place of {@code StrictMath.exp}. */
    public static double exp(double x) {
        // Not so for NaN either.
        if (!(Math.abs(x) <= LARGE)) {
            return StrictMath.exp(x);
        }
        double rounded = Math.fma(x, INVERSE_LN2, ROUND);
        double power = rounded - ROUND;
        double high = Math.fma(power, -LN2_HIGH, x);
        double low = power * LN2_LOW;
        double r = high - low;
        double square = r * r;
        double c = r - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
        double y = 1 - ((low - r * c / (2 - c)) - high);
        long exponent = Double.doubleToRawLongBits(rounded) - ROUND_BITS;
        return y * Double.longBitsToDouble((exponent + BIAS) << MANTISSA_BITS);
    }

    /** The natural logarithm, of any x: within 1 unit in the last place of {@code StrictMath.log}. */
    public static double log(double x) {
        // Not so for NaN either.
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        double mantissa = Double.longBitsToDouble((bits & MANTISSA) | BITS_OF_1);
        boolean twice = mantissa > SQRT2;
        return log((int) (bits >>> MANTISSA_BITS) - BIAS + (twice ? 1 : 0), (twice ? mantissa / 2 : mantissa) - 1);
    }

    /** log(1 + x), of x from 0 to 1: within 1 unit in the last place of {@code StrictMath.log1p}. */
    static double log1p(double x) {
        boolean twice = x > SQRT2 - 1;
        return log(twice ? 1 : 0, twice ? (x - 1) / 2 : x);
    }

    /** log(2^power (1 + f)), of 1 + f from sqrt(1/2) to sqrt(2). */
    private static double log(double power, double f) {
        double s = f / (2 + f);
        double z = s * s;
        double series = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
        double half = f * f / 2;
        return power * LN2_HIGH - ((half - (s * (half + series) + power * LN2_LOW)) - f);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** {@code StrictMath} is defined to the last bit; {@code BigDecimal} judges both. */
class ExponentialTest {
    private static final int VALUES = 200_000;
    private static final MathContext PRECISE = new MathContext(40);

    @RepeatedTest(5)
    void expIsWithinOneUnitOfItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < VALUES; i++) {
            // Of any size up to where results end, and more often of the size of logits.
            double x = (2 * random.nextDouble() - 1) * (i % 2 == 0 ? 760 : 12);
            assertUnits(Exponential.exp(x), StrictMath.exp(x), x);
            double tiny = x * Math.pow(10, -random.nextInt(320));
            assertUnits(Exponential.exp(tiny), StrictMath.exp(tiny), tiny);
        }
    }

    @RepeatedTest(5)
    void logIsWithinOneUnitOfItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < VALUES; i++) {
            // Of any size, subnormal ones and negative ones among them, and more often of the size of sums of exp.
            double any = Double.longBitsToDouble(random.nextLong());
            assertUnits(Exponential.log(any), StrictMath.log(any), any);
            double x = 3 * random.nextDouble();
            assertUnits(Exponential.log(x), StrictMath.log(x), x);
            double nearOne = 1 + (x - 1.5) * Math.pow(10, -random.nextInt(17));
            assertUnits(Exponential.log(nearOne), StrictMath.log(nearOne), nearOne);
        }
        assertThat(Exponential.log(Double.NaN)).isNaN();
        assertThat(Exponential.log(-1)).isNaN();
        assertThat(Exponential.log(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Exponential.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Exponential.log(1)).isZero();
    }

    @RepeatedTest(5)
    void log1pIsWithinOneUnitOfItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < VALUES; i++) {
            double x = random.nextDouble();
            assertUnits(Exponential.log1p(x), StrictMath.log1p(x), x);
            double tiny = x * Math.pow(10, -random.nextInt(320));
            assertUnits(Exponential.log1p(tiny), StrictMath.log1p(tiny), tiny);
        }
        for (double x :
                new double[] {0, Double.MIN_VALUE, Double.MIN_NORMAL, 0.41421356237309503, 0.41421356237309509, 1}) {
            assertUnits(Exponential.log1p(x), StrictMath.log1p(x), x);
        }
    }

    private static void assertUnits(double actual, double expected, double x) {
        if (Double.compare(actual, expected) != 0 && !(Math.abs(actual - expected) <= Math.ulp(expected))) {
            throw new AssertionError("of " + x + ": " + actual + ", not " + expected);
        }
    }

    @Test
    void expOfWhatHasNoOrASubnormalResult() {
        assertThat(Exponential.exp(Double.NaN)).isNaN();
        assertThat(Exponential.exp(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Exponential.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponential.exp(710)).isInfinite();
        assertThat(Exponential.exp(-746)).isZero();
        assertThat(Exponential.exp(-745)).isEqualTo(Double.MIN_VALUE);
        assertThat(Exponential.exp(0.0)).isEqualTo(1);
        assertThat(Exponential.exp(-0.0)).isEqualTo(1);
    }

    @RepeatedTest(5)
    void exactValuesAgree(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 50; i++) {
            double x = 40 * random.nextDouble() - 20;
            BigDecimal exact = exp(new BigDecimal(x));
            double actual = Exponential.exp(x);
            assertThat(Math.abs(exact.subtract(new BigDecimal(actual)).doubleValue()))
                    .as("exp(%s)", x)
                    .isLessThanOrEqualTo(Math.ulp(actual));
            // log(1 + y) = z, so exp(z) - 1 = y: in units in the last place of z, by the slope 1 + y.
            double y = random.nextDouble();
            double z = Exponential.log1p(y);
            double excess = exp(new BigDecimal(z))
                    .subtract(BigDecimal.ONE)
                    .subtract(new BigDecimal(y))
                    .doubleValue();
            assertThat(excess / (1 + y)).as("log1p(%s)", y).isCloseTo(0, within(Math.ulp(z)));
        }
    }

    /** The series of the thirty-second part, squared five times. */
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal part = x.divide(BigDecimal.valueOf(32), PRECISE);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int i = 1; i < 60; i++) {
            term = term.multiply(part, PRECISE).divide(BigDecimal.valueOf(i), PRECISE);
            sum = sum.add(term, PRECISE);
        }
        return sum.pow(32, PRECISE);
    }
}

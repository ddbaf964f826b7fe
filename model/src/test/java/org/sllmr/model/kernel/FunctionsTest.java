// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Exponential functions by SIMD have the bits of the plain ones, and these are as exact as they claim. */
class FunctionsTest {
    private static final int VALUES = 1 << 20;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Functions.SMALL,
        -Functions.SMALL,
        Math.nextDown(Functions.SMALL),
        Functions.MOST,
        Math.nextUp(Functions.MOST),
        Functions.LEAST,
        Math.nextDown(Functions.LEAST)
    };

    private final Functions plain = Functions.plain();
    private final Functions fastest = Functions.fastest();

    /** One of the functions, of an array. */
    @FunctionalInterface
    private interface OfArray {
        void apply(Functions functions, float[] x, int at, int length);
    }

    /** One of the functions, of a number. */
    @FunctionalInterface
    private interface OfNumber {
        float apply(float x);
    }

    @Test
    void simdIsOnWhereTheModuleIsThere() {
        assertThat(fastest instanceof PlainFunctions).isEqualTo(!SimdModule.isLoaded());
    }

    @RepeatedTest(10)
    void simdHasTheBitsOfOneNumberAtATime(RepetitionInfo repetition) {
        assumeTrue(SimdModule.isLoaded(), "SIMD is off (start Java with --add-modules " + SimdModule.NAME + ")");
        Random random = new Random(repetition.getCurrentRepetition());
        for (int round = 0; round < 200; round++) {
            int at = random.nextInt(4);
            int length = random.nextInt(80);
            float[] x = floats(random, at + length + random.nextInt(4));
            assertBits("exp", x, at, length, Functions::exp, Functions::exp);
            assertBits("sigmoid", x, at, length, Functions::sigmoid, Functions::sigmoid);
            assertBits("tanh", x, at, length, Functions::tanh, Functions::tanh);
        }
    }

    @RepeatedTest(10)
    void scalingHasTheBitsOfItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int repeat = 1; repeat <= 20; repeat++) {
            int at = repeat * random.nextInt(4);
            int length = random.nextInt(100);
            float[] x = floats(random, at + length);
            float[] factors = floats(random, (at + length) / repeat + 1 + Products.SLACK);
            float[] expected = new float[at + length + 3];
            for (int i = at; i < at + length; i++) {
                expected[i] = x[i] * factors[i / repeat];
            }
            for (Functions functions : List.of(plain, fastest)) {
                float[] actual = new float[at + length + 3];
                functions.scale(x, factors, repeat, actual, at, length);
                assertThat(actual).as("%s, repeat %d", functions.name(), repeat).isEqualTo(expected);
            }
        }
    }

    @RepeatedTest(10)
    void rectifyingHasTheBitsOfItsDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        float[] x = floats(random, 100);
        int at = random.nextInt(10);
        int length = random.nextInt(90);
        assertBits("rectify", x, at, length, Functions::rectify, value -> Math.max(0, value));
        float[] y = x.clone();
        plain.rectify(y, 0, y.length);
        float[] upstream = floats(random, 100);
        for (Functions functions : new Functions[] {plain, fastest}) {
            float[] target = x.clone();
            functions.rectifyGradient(y, upstream, target, at, length);
            for (int i = 0; i < target.length; i++) {
                boolean inside = at <= i && i < at + length;
                float expected = !inside ? x[i] : y[i] == 0 ? 0 : upstream[i];
                assertThat(Float.floatToIntBits(target[i])).isEqualTo(Float.floatToIntBits(expected));
            }
        }
    }

    @RepeatedTest(10)
    void sumsHaveTheBitsOfTheirDefinition(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        float[] x = floats(random, 100);
        float[] y = floats(random, 100);
        int length = random.nextInt(90);
        for (boolean rectified : new boolean[] {false, true}) {
            float[] expected = new float[100];
            for (int i = 0; i < length; i++) {
                float sum = x[3 + i] + y[1 + i];
                expected[2 + i] = rectified ? Math.max(0, sum) : sum;
            }
            for (Functions functions : new Functions[] {plain, fastest}) {
                float[] target = new float[100];
                functions.sum(x, 3, y, 1, target, 2, length, rectified);
                assertThat(target).as(functions.name()).isEqualTo(expected);
            }
        }
    }

    /** Vectors of all widths, in the array that is written too, with one vector for all rows or one for each. */
    @RepeatedTest(40)
    void sumsOfVectorsAreThoseOfTheirElements(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int rows = random.nextInt(30);
        int width = 1 + random.nextInt(random.nextBoolean() ? 5 : 150);
        boolean shared = random.nextBoolean();
        boolean rectified = random.nextBoolean();
        int step = shared ? 0 : width;
        float[] x = new float[3 + rows * width];
        float[] y = new float[2 + (shared ? width : rows * width)];
        for (float[] values : new float[][] {x, y}) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
        }
        float[] expected = x.clone();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                float sum = x[3 + row * width + i] + y[2 + row * step + i];
                expected[3 + row * width + i] = rectified ? Math.max(0, sum) : sum;
            }
        }
        for (Functions functions : new Functions[] {plain, fastest}) {
            float[] target = x.clone();
            functions.sum(target, 3, y, 2, step, target, 3, rows, width, rectified);
            assertThat(target)
                    .as("%s, seed %d", functions.name(), repetition.getCurrentRepetition())
                    .isEqualTo(expected);
        }
    }

    private void assertBits(String name, float[] x, int at, int length, OfArray array, OfNumber number) {
        float[] expected = x.clone();
        for (int i = at; i < at + length; i++) {
            expected[i] = number.apply(x[i]);
        }
        for (Functions functions : new Functions[] {plain, fastest}) {
            float[] actual = x.clone();
            array.apply(functions, actual, at, length);
            for (int i = 0; i < x.length; i++) {
                // NaN is NaN, whatever its bits; 0 and -0 are not the same.
                if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                    throw new AssertionError(
                            name + " of " + x[i] + " at " + i + ": " + actual[i] + ", not " + expected[i]);
                }
            }
        }
    }

    /** Written by Java 17 on a processor with AVX2; every other Java and processor has to find the same. */
    @Test
    void theBitsAreTheSameEverywhere() {
        float[] x = floats(new Random(1), VALUES);
        assertThat(List.of(hash(x, Functions::exp), hash(x, Functions::sigmoid), hash(x, Functions::tanh)))
                .containsExactly(4678510266962599234L, -4833914749936800259L, -131381394748507833L);
    }

    private long hash(float[] x, OfArray array) {
        float[] values = x.clone();
        array.apply(fastest, values, 0, values.length);
        long hash = 0;
        for (float value : values) {
            hash = 31 * hash + Float.floatToIntBits(value);
        }
        return hash;
    }

    @Test
    void everyFunctionIsAsExactAsItClaims() {
        float[] x = floats(new Random(2), VALUES);
        assertError("exp", x, Functions::exp, value -> StrictMath.exp(cut(value)), 2e-7);
        assertError("sigmoid", x, Functions::sigmoid, value -> 1 / (1 + StrictMath.exp(cut(-value))), 2e-7);
        assertError("tanh", x, Functions::tanh, StrictMath::tanh, 3e-7);
    }

    private static double cut(double x) {
        return Math.min(Math.max(x, Functions.LEAST), Functions.MOST);
    }

    private static void assertError(
            String name, float[] x, OfNumber function, DoubleUnaryOperator exact, double allowed) {
        for (float value : x) {
            if (Float.isNaN(value)) {
                assertThat(function.apply(value)).as("%s of NaN", name).isNaN();
                continue;
            }
            double expected = exact.applyAsDouble(value);
            double actual = function.apply(value);
            // A subnormal result has no more digits than it has.
            if (Math.abs(actual - expected) > Math.max(allowed * Math.abs(expected), Float.MIN_VALUE / 2)) {
                throw new AssertionError(name + " of " + value + ": " + actual + ", not " + expected);
            }
        }
    }

    /** A subnormal number makes the steps after it many times slower. */
    @Test
    void noResultIsInfiniteAndNoneOfExpAndSigmoidSubnormal() {
        for (float value : floats(new Random(3), VALUES)) {
            if (!Float.isNaN(value)) {
                assertThat(Functions.exp(value)).isBetween(Float.MIN_NORMAL, Float.MAX_VALUE);
                assertThat(Functions.sigmoid(value)).isBetween(Float.MIN_NORMAL, 1f);
                assertThat(Functions.tanh(value)).isBetween(-1f, 1f);
            }
        }
    }

    /** What is special first, then any bits or the size of logits. */
    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i < SPECIAL.length
                    ? SPECIAL[i]
                    : i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) (8 * random.nextGaussian());
        }
        return values;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class KernelsTest {
    private final Kernels plain = Kernels.plain();
    private final Kernels fastest = Kernels.fastest();

    @Test
    void simdIsOnWhereTheModuleIsThere() {
        boolean there = SimdModule.isLoaded();
        assertThat(fastest instanceof PlainKernels).isEqualTo(!there);
    }

    @RepeatedTest(20)
    void poolingHasTheSameBits(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int stride = 1 + random.nextInt(70);
        int length = 1 + random.nextInt(stride);
        int rows = 40;
        int entries = random.nextInt(30);
        float[] table = floats(random, rows * stride);
        int[] picks = random.ints(entries, 0, rows).toArray();
        float[] scales = floats(random, entries);
        int at = random.nextInt(9);
        float[] expected = floats(random, length + 20);
        float[] actual = expected.clone();
        plain.gather(table, stride, picks, scales, 0, entries, expected, at, length);
        fastest.gather(table, stride, picks, scales, 0, entries, actual, at, length);
        assertThat(actual).isEqualTo(expected);

        float[] sums = table.clone();
        float[] fastSums = table.clone();
        plain.scatter(expected, at, length, picks, scales, 0, entries, sums, stride);
        fastest.scatter(expected, at, length, picks, scales, 0, entries, fastSums, stride);
        assertThat(fastSums).isEqualTo(sums);

        float[] base = floats(random, length + 9);
        plain.addNeighbours(table, stride, picks, scales, 0, entries, base, at, 0.25f, expected, 20 - at, length);
        fastest.addNeighbours(table, stride, picks, scales, 0, entries, base, at, 0.25f, actual, 20 - at, length);
        assertThat(actual).isEqualTo(expected);

        plain.add(table, 3, sums, 5, length);
        fastest.add(table, 3, fastSums, 5, length);
        assertThat(fastSums).isEqualTo(sums);
    }

    @RepeatedTest(20)
    void adamHasTheSameBits(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int length = fastest.lanes() * (1 + random.nextInt(7));
        AdamConstants constants =
                new AdamConstants(0.1f, 0.999f, 0.001f, 1e-8f, random.nextBoolean() ? 0 : random.nextFloat() * 0.1f);
        int steps = 1500;
        float[][] columns = {new float[steps], new float[steps], new float[steps]};
        for (int step = 0; step < steps; step++) {
            columns[0][step] = 0.01f * random.nextFloat();
            columns[1][step] = 1 + random.nextFloat();
            columns[2][step] = random.nextBoolean() ? 1 : 0.999f;
        }
        float[][] expected = {floats(random, length), floats(random, length), positive(random, length)};
        float[][] actual = {expected[0].clone(), expected[1].clone(), expected[2].clone()};
        float[] gradient = floats(random, length);
        for (int round = 0; round < 5; round++) {
            for (Kernels kernels : new Kernels[] {plain, fastest}) {
                float[][] state = kernels == plain ? expected : actual;
                kernels.adam(constants, state[0], state[1], state[2], 0, gradient, 0, length, 0.01f, 1.5f, 0.9f);
                kernels.adamWithoutGradient(
                        constants,
                        state[0],
                        state[1],
                        state[2],
                        0,
                        length,
                        round * 300,
                        (round + 1) * 300,
                        columns[0],
                        columns[1],
                        columns[2]);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(actual[i]).isEqualTo(expected[i]);
            }
        }
    }

    @RepeatedTest(20)
    void stepsWithoutGradientTakeAnyLength(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int lanes = fastest.lanes();
        // One element beside whole registers, as first-order weights stand beside embeddings, or any number.
        int length = repetition.getCurrentRepetition() <= 8
                ? repetition.getCurrentRepetition() * lanes + 1
                : 1 + random.nextInt(5 * lanes);
        int padded = (length + lanes - 1) / lanes * lanes;
        int at = lanes;
        AdamConstants constants = new AdamConstants(0.1f, 0.999f, 0.001f, 1e-8f, random.nextFloat() * 0.1f);
        float[] sizes = {0.01f, 0.02f, 0.03f};
        float[] ones = {1, 1, 1};
        float[][] expected = {
            floats(random, padded + 2 * at), floats(random, padded + 2 * at), positive(random, padded + 2 * at)
        };
        float[][] actual = {expected[0].clone(), expected[1].clone(), expected[2].clone()};
        plain.adamWithoutGradient(
                constants, expected[0], expected[1], expected[2], at, length, 0, 3, sizes, ones, ones);
        fastest.adamWithoutGradient(constants, actual[0], actual[1], actual[2], at, length, 0, 3, sizes, ones, ones);
        for (int i = 0; i < 3; i++) {
            assertThat(Arrays.copyOf(actual[i], at + length)).isEqualTo(Arrays.copyOf(expected[i], at + length));
            assertThat(Arrays.copyOfRange(actual[i], at + padded, padded + 2 * at))
                    .isEqualTo(Arrays.copyOfRange(expected[i], at + padded, padded + 2 * at));
        }
    }

    @Test
    void momentsFadeToZeroAndNeverToSubnormals() {
        AdamConstants constants = new AdamConstants(0.1f, 0.999f, 0.001f, 1e-8f, 0);
        int lanes = fastest.lanes();
        float[] weights = new float[lanes];
        float[] first = new float[lanes];
        float[] second = new float[lanes];
        Arrays.fill(first, 1);
        Arrays.fill(second, 1);
        float[] ones = new float[100_000];
        Arrays.fill(ones, 1);
        for (int step = 0; step < ones.length; step++) {
            fastest.adamWithoutGradient(constants, weights, first, second, 0, lanes, step, step + 1, ones, ones, ones);
            assertThat(first[0] == 0 || Math.abs(first[0]) >= Float.MIN_NORMAL).isTrue();
            assertThat(second[0] == 0 || second[0] >= Float.MIN_NORMAL).isTrue();
        }
        assertThat(first[0]).isZero();
        assertThat(second[0]).isZero();
    }

    /** Values over many orders of magnitude, zeros and subnormals among them. */
    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(8) == 0
                    ? 0
                    : (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(random.nextInt(45) + 1)));
        }
        return values;
    }

    private static float[] positive(Random random, int length) {
        float[] values = floats(random, length);
        for (int i = 0; i < length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return values;
    }
}

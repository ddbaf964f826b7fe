// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

class CompressedInteractionsTest {
    private static final Parallel ONE_BY_ONE =
            (count, task) -> IntStream.range(0, count).forEach(task);
    private static final Parallel BACKWARDS =
            (count, task) -> IntStream.range(0, count).map(i -> count - 1 - i).forEach(task);
    private static final Parallel THREADS =
            (count, task) -> IntStream.range(0, count).parallel().forEach(task);

    @RepeatedTest(30)
    void isTheEquationAndItsDerivative(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        InteractionWorld world = new InteractionWorld(random, repetition.getCurrentRepetition() % 3 == 0);
        List<float[]> actual = world.pass(MatrixKernels.fastest(), ONE_BY_ONE);
        double[] expected = world.obvious();
        double scale = 1e-6
                + IntStream.range(0, expected.length)
                        .mapToDouble(i -> Math.abs(expected[i]))
                        .max()
                        .orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual.get(0)[i]).isCloseTo(expected[i], within(1e-5 * scale));
        }
        List<float[]> inputs = new ArrayList<>(List.of(world.x));
        inputs.addAll(world.weights);
        inputs.addAll(world.biases);
        for (int k = 0; k < inputs.size(); k++) {
            float[] input = inputs.get(k);
            float[] gradient = actual.get(k + 1);
            double largest = 1e-3;
            for (float value : gradient) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int check = 0; check < 6; check++) {
                int i = random.nextInt(input.length);
                // In double precision a step this small crosses hardly any kink.
                double numeric = difference(world, input, i, 1e-5f);
                assertThat((double) gradient[i])
                        .as("derivative by element %d of input %d", i, k)
                        .isCloseTo(numeric, within(3e-3 * largest));
            }
        }
    }

    private static double difference(InteractionWorld world, float[] input, int i, float step) {
        float value = input[i];
        input[i] = value + step;
        double up = input[i];
        double above = world.loss();
        input[i] = value - step;
        double down = input[i];
        double below = world.loss();
        input[i] = value;
        return (above - below) / (up - down);
    }

    @RepeatedTest(20)
    void threadsAndKernelsDoNotChangeABit(RepetitionInfo repetition) {
        InteractionWorld world = new InteractionWorld(
                new Random(repetition.getCurrentRepetition()), repetition.getCurrentRepetition() % 2 == 0);
        List<float[]> expected = world.pass(MatrixKernels.fastest(), ONE_BY_ONE);
        same(world.pass(MatrixKernels.fastest(), BACKWARDS), expected);
        same(world.pass(MatrixKernels.fastest(), THREADS), expected);
        same(world.pass(MatrixKernels.plain(), ONE_BY_ONE), expected);
    }

    private static void same(List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).as("result %d", i).isEqualTo(expected.get(i));
        }
    }

    @RepeatedTest(10)
    void aRowDoesNotKnowItsNeighbours(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        InteractionWorld world = new InteractionWorld(random, repetition.getCurrentRepetition() % 3 == 0);
        CompressedInteractions network = new CompressedInteractions(MatrixKernels.fastest(), world.shape);
        float[] together = network.score(world.x, world.rows, world.weights, world.biases, THREADS);
        int width = world.shape.width();
        int size = world.x.length / world.rows;
        int row = random.nextInt(world.rows);
        float[] alone = Arrays.copyOfRange(world.x, row * size, (row + 1) * size);
        assertThat(network.score(alone, 1, world.weights, world.biases, ONE_BY_ONE))
                .isEqualTo(Arrays.copyOfRange(together, row * width, (row + 1) * width));
    }

    /** A row with fields so large that no map is left out changes no bit of the others. */
    @RepeatedTest(20)
    void leavingMapsOutChangesNoBit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        InteractionWorld world = new InteractionWorld(random, true);
        int size = world.x.length / world.rows;
        float[] outlier = Arrays.copyOf(world.x, world.x.length + size);
        Arrays.fill(outlier, world.x.length, outlier.length, 1e6f);
        float[] upstream = Arrays.copyOf(world.upstream, (world.rows + 1) * world.shape.width());

        List<float[]> some = world.pass(MatrixKernels.fastest(), THREADS);
        List<float[]> all = world.pass(outlier, world.rows + 1, upstream, MatrixKernels.fastest(), THREADS);

        assertThat(some.get(0)).isEqualTo(Arrays.copyOf(all.get(0), some.get(0).length));
        assertThat(some.get(1)).isEqualTo(Arrays.copyOf(all.get(1), some.get(1).length));
    }

    @Test
    void noRowsHaveNoSums() {
        InteractionWorld world = new InteractionWorld(new Random(1), false);
        CompressedInteractions network = new CompressedInteractions(MatrixKernels.fastest(), world.shape);
        assertThat(network.score(new float[0], 0, world.weights, world.biases, THREADS))
                .isEmpty();
        assertThat(new InteractionTraining(network).forward(new float[0], 0, world.weights, world.biases, THREADS))
                .isEmpty();
    }
}

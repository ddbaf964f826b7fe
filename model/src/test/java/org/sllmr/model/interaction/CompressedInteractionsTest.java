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
import org.sllmr.model.kernel.MatrixKernels;
import org.sllmr.model.kernel.Parallel;

class CompressedInteractionsTest {
    private static final Parallel ONE_BY_ONE =
            (count, task) -> IntStream.range(0, count).forEach(task);
    private static final Parallel BACKWARDS =
            (count, task) -> IntStream.range(0, count).map(i -> count - 1 - i).forEach(task);
    private static final Parallel THREADS =
            (count, task) -> IntStream.range(0, count).parallel().forEach(task);

    /** A network with random sizes, values and weights. */
    private static final class World {
        final InteractionShape shape;
        final int rows;
        final float[] x;
        final float[] upstream;
        final List<float[]> weights = new ArrayList<>();
        final List<float[]> biases = new ArrayList<>();

        World(Random random) {
            int fields = 1 + random.nextInt(5);
            List<InteractionLayer> layers = new ArrayList<>();
            int before = fields;
            for (int i = 0; i <= random.nextInt(3); i++) {
                int maps = 1 + random.nextInt(20);
                int kept = 1 + random.nextInt(maps);
                layers.add(new InteractionLayer(maps, kept, random.nextInt(maps)));
                weights.add(floats(random, maps * fields * before, 0.5f));
                biases.add(floats(random, maps, 0.5f));
                before = kept;
            }
            shape = new InteractionShape(fields, 1 + random.nextInt(40), layers, random.nextBoolean());
            rows = 1 + random.nextInt(40);
            x = floats(random, rows * fields * shape.dimension(), 1);
            upstream = floats(random, rows * shape.width(), 1);
        }

        List<float[]> pass(MatrixKernels kernels, Parallel parallel) {
            CompressedInteractions network = new CompressedInteractions(kernels, shape);
            CompressedInteractions.Memory memory = network.newMemory();
            List<float[]> all = new ArrayList<>();
            // Twice, since memory is used again.
            network.forward(upsideDown(x), rows, weights, biases, memory, parallel);
            all.add(network.forward(x, rows, weights, biases, memory, parallel));
            List<float[]> weightGradients =
                    weights.stream().map(w -> new float[w.length]).toList();
            List<float[]> biasGradients =
                    biases.stream().map(b -> new float[b.length]).toList();
            all.add(network.backward(memory, upstream, weightGradients, biasGradients, parallel));
            all.addAll(weightGradients);
            all.addAll(biasGradients);
            return all;
        }

        /** Equation 6, element by element. */
        double[] obvious() {
            int fields = shape.fields();
            double[] pooled = new double[rows * shape.width()];
            for (int row = 0; row < rows; row++) {
                for (int d = 0; d < shape.dimension(); d++) {
                    double[] x0 = new double[fields];
                    for (int i = 0; i < fields; i++) {
                        x0[i] = x[(row * fields + i) * shape.dimension() + d];
                    }
                    double[] maps = x0;
                    int column = 0;
                    for (int k = 0; k < weights.size(); k++) {
                        InteractionLayer layer = shape.layers().get(k);
                        int before = shape.before(k);
                        double[] next = new double[layer.maps()];
                        for (int m = 0; m < next.length; m++) {
                            next[m] = biases.get(k)[m];
                            for (int i = 0; i < fields; i++) {
                                for (int h = 0; h < before; h++) {
                                    next[m] += weights.get(k)[(m * fields + i) * before + h] * x0[i] * maps[h];
                                }
                            }
                            next[m] = shape.rectified() ? Math.max(0, next[m]) : next[m];
                            if (m >= layer.pooledFrom()) {
                                pooled[row * shape.width() + column++] += next[m];
                            }
                        }
                        maps = next;
                    }
                }
            }
            return pooled;
        }

        double loss() {
            double sum = 0;
            double[] pooled = obvious();
            for (int i = 0; i < pooled.length; i++) {
                sum += pooled[i] * upstream[i];
            }
            return sum;
        }
    }

    @RepeatedTest(30)
    void isTheEquationAndItsDerivative(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        World world = new World(random);
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

    private static double difference(World world, float[] input, int i, float step) {
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
        World world = new World(new Random(repetition.getCurrentRepetition()));
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
        World world = new World(random);
        CompressedInteractions network = new CompressedInteractions(MatrixKernels.fastest(), world.shape);
        float[] together = network.forward(world.x, world.rows, world.weights, world.biases, null, THREADS);
        int width = world.shape.width();
        int size = world.x.length / world.rows;
        int row = random.nextInt(world.rows);
        float[] alone = Arrays.copyOfRange(world.x, row * size, (row + 1) * size);
        assertThat(network.forward(alone, 1, world.weights, world.biases, null, ONE_BY_ONE))
                .isEqualTo(Arrays.copyOfRange(together, row * width, (row + 1) * width));
    }

    private static float[] upsideDown(float[] x) {
        float[] copy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            copy[i] = x[x.length - 1 - i];
        }
        return copy;
    }

    private static float[] floats(Random random, int size, float scale) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }
}

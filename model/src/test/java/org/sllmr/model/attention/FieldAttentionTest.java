// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;

class FieldAttentionTest {
    private static final Parallel ONE_BY_ONE =
            (count, task) -> IntStream.range(0, count).forEach(task);
    private static final Parallel THREADS =
            (count, task) -> IntStream.range(0, count).parallel().forEach(task);

    @RepeatedTest(20)
    void isTheDefinitionAndItsDerivative(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        FieldAttention attention = attention(random, Kernels.fastest());
        int rows = 1 + random.nextInt(40);
        float[] inputs = floats(random, rows * attention.fields() * 3 * attention.heads() * attention.size());
        float[] factors = random.nextBoolean() ? null : factors(random, attention.weights(rows));
        float[] weights = new float[attention.weights(rows)];
        float[] outputs = attention.forward(inputs, rows, factors, weights, ONE_BY_ONE);
        double[] expected = obvious(attention, inputs, rows, factors);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) outputs[i]).isCloseTo(expected[i], within(1e-4));
        }
        float[] upstream = floats(random, outputs.length);
        float[] gradients = attention.backward(inputs, rows, factors, weights, upstream, ONE_BY_ONE);
        for (int check = 0; check < 10; check++) {
            int i = random.nextInt(inputs.length);
            float value = inputs[i];
            inputs[i] = value + 1e-3f;
            double above = loss(attention, inputs, rows, factors, upstream);
            double step = inputs[i];
            inputs[i] = value - 1e-3f;
            double below = loss(attention, inputs, rows, factors, upstream);
            step -= inputs[i];
            inputs[i] = value;
            assertThat((double) gradients[i]).isCloseTo((above - below) / step, within(1e-3));
        }
    }

    @RepeatedTest(10)
    void threadsAndKernelsDoNotChangeABit(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        FieldAttention fast = attention(random, Kernels.fastest());
        FieldAttention plain = new FieldAttention(Kernels.plain(), fast.fields(), fast.heads(), fast.size(), 0.3f);
        fast = new FieldAttention(Kernels.fastest(), fast.fields(), fast.heads(), fast.size(), 0.3f);
        int rows = 50;
        float[] inputs = floats(random, rows * fast.fields() * 3 * fast.heads() * fast.size());
        float[] upstream = floats(random, inputs.length / 3);
        float[] weights = new float[fast.weights(rows)];
        float[] other = weights.clone();
        assertThat(fast.forward(inputs, rows, null, weights, THREADS))
                .isEqualTo(plain.forward(inputs, rows, null, other, ONE_BY_ONE));
        assertThat(weights).isEqualTo(other);
        assertThat(fast.backward(inputs, rows, null, weights, upstream, THREADS))
                .isEqualTo(plain.backward(inputs, rows, null, weights, upstream, ONE_BY_ONE));
    }

    private static FieldAttention attention(Random random, Kernels kernels) {
        return new FieldAttention(kernels, 1 + random.nextInt(9), 1 + random.nextInt(3), 1 + random.nextInt(40), 0.5f);
    }

    private static double loss(FieldAttention a, float[] inputs, int rows, float[] factors, float[] upstream) {
        double[] outputs = obvious(a, inputs, rows, factors);
        return IntStream.range(0, outputs.length)
                .mapToDouble(i -> outputs[i] * upstream[i])
                .sum();
    }

    /** Softmax of scaled products, weights dropped, values added up. */
    private static double[] obvious(FieldAttention a, float[] inputs, int rows, float[] factors) {
        double[] outputs = new double[inputs.length / 3];
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < a.heads(); head++) {
                for (int i = 0; i < a.fields(); i++) {
                    double[] weights = new double[a.fields()];
                    for (int j = 0; j < weights.length; j++) {
                        for (int d = 0; d < a.size(); d++) {
                            weights[j] += a.scale()
                                    * input(a, inputs, row, i, 0, head, d)
                                    * input(a, inputs, row, j, 1, head, d);
                        }
                    }
                    double sum = IntStream.range(0, weights.length)
                            .mapToDouble(j -> Math.exp(weights[j]))
                            .sum();
                    for (int j = 0; j < weights.length; j++) {
                        int at = ((row * a.heads() + head) * a.fields() + i) * a.fields() + j;
                        double weight = Math.exp(weights[j]) / sum * (factors == null ? 1 : factors[at]);
                        for (int d = 0; d < a.size(); d++) {
                            outputs[((row * a.fields() + i) * a.heads() + head) * a.size() + d] +=
                                    weight * input(a, inputs, row, j, 2, head, d);
                        }
                    }
                }
            }
        }
        return outputs;
    }

    private static double input(FieldAttention a, float[] inputs, int row, int field, int kind, int head, int d) {
        return inputs[(((row * a.fields() + field) * 3 + kind) * a.heads() + head) * a.size() + d];
    }

    private static float[] factors(Random random, int size) {
        float[] factors = new float[size];
        for (int i = 0; i < size; i++) {
            factors[i] = random.nextInt(4) == 0 ? 0 : 4 / 3f;
        }
        return factors;
    }

    private static float[] floats(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.interaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;

class UserInteractionsTest {
    private final Products products = Products.fastest();

    /** Rows of one user: fields of the user are the same in all. */
    private static float[] rowsOfOneUser(InteractionWorld world, List<Integer> userFields) {
        float[] x = world.x.clone();
        int dimension = world.shape.dimension();
        int each = world.shape.fields() * dimension;
        for (int row = 1; row < world.rows; row++) {
            for (int field : userFields) {
                System.arraycopy(x, field * dimension, x, row * each + field * dimension, dimension);
            }
        }
        return x;
    }

    private UserInteractions of(InteractionWorld world, SideWeights sides) {
        int floats = IntStream.range(0, world.weights.size())
                .map(layer -> world.weights.get(layer).length + world.biases.get(layer).length)
                .sum();
        float[] values = new float[floats];
        int[] weightsAt = new int[world.weights.size()];
        int[] biasesAt = new int[world.weights.size()];
        int at = 0;
        for (int layer = 0; layer < weightsAt.length; layer++) {
            weightsAt[layer] = at;
            at = put(world.weights.get(layer), values, at);
            biasesAt[layer] = at;
            at = put(world.biases.get(layer), values, at);
        }
        SideWeights.Source source = new SideWeights.Source(values, weightsAt, biasesAt);
        float[] packed = new float[7 + sides.packedSize()];
        sides.pack(source, packed, 7);
        return new UserInteractions(products, Kernels.fastest(), sides, source, packed, 7);
    }

    private static int put(float[] values, float[] target, int at) {
        System.arraycopy(values, 0, target, at, values.length);
        return at + values.length;
    }

    private static float[] forward(UserInteractions user, SideWeights sides, float[] x, int from, int to) {
        InteractionShape shape = sides.shape();
        int each = shape.fields() * shape.dimension();
        int width = shape.dimension() * sides.itemProducts();
        float[] items = new float[(to - from) * width];
        for (int row = from; row < to; row++) {
            sides.itemProducts(x, row * each, items, (row - from) * width);
        }
        float[] pooled = new float[(to - from) * shape.width()];
        user.forward(items, 0, to - from, pooled, 0);
        return pooled;
    }

    @Test
    void manyFieldsDoNotPay() {
        InteractionShape shape = new InteractionShape(63, 4, List.of(new InteractionLayer(100, 100, 0)), true);
        List<Integer> user = IntStream.range(0, 32).boxed().toList();
        List<Integer> item = IntStream.range(32, 63).boxed().toList();
        assertThat(new SideWeights(shape, user, item).isWorthwhile()).isFalse();
        assertThat(new SideWeights(shape, user.subList(0, 4), item.subList(0, 3)).isWorthwhile())
                .isTrue();
        InteractionShape large = new InteractionShape(120, 4, List.of(new InteractionLayer(1024, 1024, 0)), true);
        List<Integer> half = IntStream.range(0, 60).boxed().toList();
        List<Integer> rest = IntStream.range(60, 120).boxed().toList();
        assertThat(new SideWeights(large, half, rest).isWorthwhile()).isFalse();
    }

    @RepeatedTest(40)
    void everyItemHasTheSumsOfItsRow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        InteractionWorld world;
        do {
            world = new InteractionWorld(random, repetition.getCurrentRepetition() % 2 == 0);
        } while (world.shape.fields() < 2);
        int fields = world.shape.fields();
        int first = random.nextInt(fields);
        List<Integer> userFields = IntStream.range(0, fields)
                .filter(field -> field == first || (field != (first + 1) % fields && random.nextBoolean()))
                .boxed()
                .toList();
        List<Integer> itemFields = IntStream.range(0, fields)
                .filter(field -> !userFields.contains(field))
                .boxed()
                .toList();
        SideWeights sides = new SideWeights(world.shape, userFields, itemFields);
        float[] x = rowsOfOneUser(world, userFields);
        UserInteractions user = of(world, sides);
        user.user(x);

        float[] pooled = forward(user, sides, x, 0, world.rows);

        double[] expected = world.obvious(x);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) pooled[i]).isCloseTo(expected[i], within(1e-6 + 1e-5 * scale));
        }
        int middle = random.nextInt(world.rows + 1);
        float[] parts = Arrays.copyOf(forward(user, sides, x, 0, middle), pooled.length);
        float[] rest = forward(user, sides, x, middle, world.rows);
        System.arraycopy(rest, 0, parts, middle * world.shape.width(), rest.length);
        assertThat(parts).as("in two blocks").isEqualTo(pooled);
    }
}

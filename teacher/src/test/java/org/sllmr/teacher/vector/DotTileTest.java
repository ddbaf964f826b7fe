// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class DotTileTest {
    @Test
    void equalsASumInOrder() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int round = 0; round < 40; round++) {
            int dimension = random.nextInt(1, 400);
            int columns = random.nextInt(1, DotTile.WIDTH + 1);
            float[] values = new float[columns * dimension];
            float[] vector = new float[dimension + 3];
            fill(values, random);
            fill(vector, random);
            DotTile tile = new DotTile(dimension);
            for (int column = 0; column < columns; column++) {
                tile.set(column, values, column * dimension);
            }
            float[] products = new float[DotTile.WIDTH];
            tile.dot(vector, 3, columns, products);
            for (int column = 0; column < columns; column++) {
                float sum = 0;
                for (int d = 0; d < dimension; d++) {
                    sum += vector[3 + d] * values[column * dimension + d];
                }
                assertThat(products[column])
                        .as("seed %s, dimension %s, column %s of %s", seed, dimension, column, columns)
                        .isEqualTo(sum);
            }
        }
    }

    @Test
    void manyVectorsAtOnceHaveTheBitsOfOne() {
        long seed = Long.getLong("sllmr.seed", 1);
        RandomGenerator random = new Seed(seed).generator();
        for (int round = 0; round < 40; round++) {
            int dimension = random.nextInt(1, 400);
            int count = random.nextInt(1, 30);
            float[] values = new float[(DotTile.WIDTH + count) * dimension];
            fill(values, random);
            DotTile tile = new DotTile(dimension);
            for (int column = 0; column < DotTile.WIDTH; column++) {
                tile.set(column, values, column * dimension);
            }
            int[] vectors = new int[count];
            for (int vector = 0; vector < count; vector++) {
                vectors[vector] = (DotTile.WIDTH + vector) * dimension;
            }
            int from = random.nextInt(count);
            float[][] products = new float[count][DotTile.WIDTH];
            fill(products[0], random);
            float[] untouched = products[0].clone();
            tile.dots(values, vectors, from, count, products);
            float[] single = new float[DotTile.WIDTH];
            for (int vector = from; vector < count; vector++) {
                tile.dot(values, vectors[vector], DotTile.WIDTH, single);
                assertThat(products[vector])
                        .as("seed %s, dimension %s, vector %s of %s", seed, dimension, vector, count)
                        .isEqualTo(single);
            }
            if (from > 0) {
                assertThat(products[0]).isEqualTo(untouched);
            }
        }
    }

    private static void fill(float[] values, RandomGenerator random) {
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextGaussian();
        }
    }
}

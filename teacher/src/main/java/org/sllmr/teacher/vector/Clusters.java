// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;

/**
 * Items grouped by meaning: spherical k-means over their vectors (Dhillon and Modha 2001).
 *
 * <p>They only serve to spread a sample over the catalogue, so a few rounds from random items are enough.
 *
 * @param offsets first index of each cluster and, at the end, the number of items with text: {@code [clusters + 1]}
 * @param items each cluster's items, rising; a cluster may be empty
 */
public record Clusters(int[] offsets, int[] items) {
    private static final int ROUNDS = 8;

    /**
     * Groups the items that have text.
     *
     * @param count maximum number of clusters, 1 to 256
     */
    public static Clusters of(Embeddings embeddings, int count, Seed seed, Blocks blocks) throws InterruptedException {
        if (count < 1 || count > DotTile.WIDTH) {
            throw new IllegalArgumentException("count is " + count + ", allowed is 1 to " + DotTile.WIDTH);
        }
        int dimension = embeddings.dimension();
        int[] items = IntStream.range(0, embeddings.items())
                .filter(item -> embeddings.present()[item])
                .toArray();
        int clusters = Math.min(count, items.length);
        float[] centres = new float[clusters * dimension];
        int[] start = items.clone();
        RandomGenerator random = seed.generator();
        for (int cluster = 0; cluster < clusters; cluster++) {
            int chosen = cluster + random.nextInt(start.length - cluster);
            int item = start[chosen];
            start[chosen] = start[cluster];
            System.arraycopy(embeddings.values(), embeddings.at(item), centres, cluster * dimension, dimension);
        }
        int[] assigned = new int[items.length];
        for (int round = 0; round < ROUNDS; round++) {
            assign(embeddings, items, centres, clusters, assigned, blocks);
            centre(embeddings, items, centres, clusters, assigned);
        }
        return grouped(items, assigned, clusters);
    }

    /** Number of clusters. */
    public int size() {
        return offsets.length - 1;
    }

    private static void assign(
            Embeddings embeddings, int[] items, float[] centres, int clusters, int[] assigned, Blocks blocks)
            throws InterruptedException {
        DotTile tile = new DotTile(embeddings.dimension());
        for (int cluster = 0; cluster < clusters; cluster++) {
            tile.set(cluster, centres, cluster * embeddings.dimension());
        }
        blocks.run(items.length, 256, (from, to) -> {
            float[] cosines = new float[DotTile.WIDTH];
            for (int index = from; index < to; index++) {
                tile.dot(embeddings.values(), embeddings.at(items[index]), clusters, cosines);
                int best = 0;
                for (int cluster = 1; cluster < clusters; cluster++) {
                    best = cosines[cluster] > cosines[best] ? cluster : best;
                }
                assigned[index] = best;
            }
        });
    }

    /** Sums in item order on one thread, because the order of additions affects the bits. */
    private static void centre(Embeddings embeddings, int[] items, float[] centres, int clusters, int[] assigned) {
        int dimension = embeddings.dimension();
        double[] sums = new double[clusters * dimension];
        for (int index = 0; index < items.length; index++) {
            int base = assigned[index] * dimension;
            int at = embeddings.at(items[index]);
            for (int d = 0; d < dimension; d++) {
                sums[base + d] += embeddings.values()[at + d];
            }
        }
        for (int cluster = 0; cluster < clusters; cluster++) {
            double squares = 0;
            for (int d = 0; d < dimension; d++) {
                squares += sums[cluster * dimension + d] * sums[cluster * dimension + d];
            }
            // An empty cluster keeps its centre.
            for (int d = 0; d < dimension && squares > 0; d++) {
                centres[cluster * dimension + d] = (float) (sums[cluster * dimension + d] / Math.sqrt(squares));
            }
        }
    }

    private static Clusters grouped(int[] items, int[] assigned, int clusters) {
        int[] offsets = new int[clusters + 1];
        for (int cluster : assigned) {
            offsets[cluster + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] grouped = new int[items.length];
        for (int index = 0; index < items.length; index++) {
            grouped[next[assigned[index]]++] = items[index];
        }
        return new Clusters(offsets, grouped);
    }
}

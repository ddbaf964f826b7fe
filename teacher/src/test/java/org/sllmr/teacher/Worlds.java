// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.teacher.vector.Embeddings;

/** Small random datasets for tests. */
public final class Worlds {
    private Worlds() {}

    /** A log whose users have {@code shortest} to {@code longest} interactions, popular items more often. */
    public static InteractionLog log(int users, int items, int shortest, int longest, long seed) {
        RandomGenerator random = new Seed(seed).child("log").generator();
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + random.nextInt(shortest, longest + 1);
        }
        int[] columns = new int[offsets[users]];
        for (int index = 0; index < columns.length; index++) {
            columns[index] = (int) (items * Math.pow(random.nextDouble(), 2));
        }
        return InteractionLog.of(offsets, columns, new long[columns.length]);
    }

    /** The same visible interactions in new columns, without withheld ones. */
    public static InteractionLog copy(InteractionLog log) {
        int[] offsets = new int[log.users() + 1];
        for (int user = 0; user < log.users(); user++) {
            offsets[user + 1] = offsets[user] + log.length(user);
        }
        int[] columns = new int[offsets[log.users()]];
        for (int user = 0; user < log.users(); user++) {
            log.copyItems(user, 0, log.length(user), columns, offsets[user]);
        }
        return InteractionLog.of(offsets, columns, new long[columns.length]);
    }

    /** Training data around a log of training interactions. */
    public static TrainingData data(InteractionLog log, int items) {
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        return new TrainingData(
                "world",
                "hash",
                log,
                new Catalogue(numbers(items), List.of(), List.of()),
                numbers(log.users()),
                List.of(),
                List.of(),
                none,
                none);
    }

    /** Random vectors of length 1; every tenth item or so has none, and some are equal. */
    public static Embeddings embeddings(int items, int dimension, long seed) {
        RandomGenerator random = new Seed(seed).child("embeddings").generator();
        boolean[] present = new boolean[items];
        float[] values = new float[items * dimension];
        for (int item = 0; item < items; item++) {
            present[item] = random.nextInt(10) > 0;
            if (!present[item]) {
                continue;
            }
            if (item > 0 && present[item - 1] && random.nextInt(10) == 0) {
                System.arraycopy(values, (item - 1) * dimension, values, item * dimension, dimension);
                continue;
            }
            double squares = 0;
            for (int d = 0; d < dimension; d++) {
                values[item * dimension + d] = (float) random.nextGaussian();
                squares += values[item * dimension + d] * values[item * dimension + d];
            }
            for (int d = 0; d < dimension; d++) {
                values[item * dimension + d] /= (float) Math.sqrt(squares);
            }
        }
        return new Embeddings(dimension, present, values);
    }

    /** The last interactions of a user, at most {@code length}. */
    public static int[] history(InteractionLog log, int user, int length) {
        int from = Math.max(0, log.length(user) - length);
        int[] items = new int[log.length(user) - from];
        log.copyItems(user, from, log.length(user), items, 0);
        return items;
    }

    /** A slow affinity: the mean of the largest cosines, each summed in order; NaN if there is none. */
    public static float affinity(Embeddings embeddings, int[] history, int nearest, int item) {
        double[] cosines = Arrays.stream(history)
                .filter(other -> embeddings.present()[other])
                .mapToDouble(other -> cosine(embeddings, other, item))
                .map(cosine -> -cosine)
                .sorted()
                .map(cosine -> -cosine)
                .limit(nearest)
                .toArray();
        if (cosines.length == 0 || !embeddings.present()[item]) {
            return Float.NaN;
        }
        float sum = 0;
        for (double cosine : cosines) {
            sum += (float) cosine;
        }
        return sum / cosines.length;
    }

    private static float cosine(Embeddings embeddings, int first, int second) {
        float sum = 0;
        for (int d = 0; d < embeddings.dimension(); d++) {
            sum += embeddings.values()[first * embeddings.dimension() + d]
                    * embeddings.values()[second * embeddings.dimension() + d];
        }
        return sum;
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }
}

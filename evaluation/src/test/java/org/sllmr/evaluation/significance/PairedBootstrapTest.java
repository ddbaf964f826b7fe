// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.RandomSamples;

class PairedBootstrapTest {
    @Test
    void aWeightEqualsRepeatedRowsOfTheUser() {
        for (long seed = 1; seed <= 100; seed++) {
            RandomGenerator random = new Seed(seed).generator();
            int users = 1 + random.nextInt(8);
            Samples samples = RandomSamples.samples(random, users * 2, 1 + random.nextInt(2), users, 9);
            float[] scores = RandomSamples.scores(random, samples, 1 + random.nextInt(30));
            int[] rows = IntStream.range(0, samples.size())
                    .filter(row -> random.nextInt(5) > 0)
                    .toArray();
            int[] owners = Arrays.stream(rows)
                    .map(row -> samples.instances().users()[row])
                    .toArray();
            int[] weights = random.ints(users, 0, 4).toArray();

            double weighted = new WeightedAuc(scores, samples, rows, owners).of(weights);

            assertThat(weighted)
                    .as("seed %d", seed)
                    .isEqualTo(Double.valueOf(repeated(scores, samples, rows, weights)));
        }
    }

    @Test
    void tellsABetterModelFromAnEqualOne() {
        RandomGenerator random = new Seed(11).generator();
        Samples samples = RandomSamples.samples(random, 1500, 1, 1500, 50);
        int[] rows = IntStream.range(0, samples.size()).toArray();
        float[] weak = scores(random, samples, 0.5);
        float[] equal = scores(random, samples, 0.5);
        float[] strong = scores(random, samples, 1);

        PairedBootstrap same = PairedBootstrap.of(weak, equal, samples, rows, 500, 0.95, new Seed(3));
        PairedBootstrap better = PairedBootstrap.of(weak, strong, samples, rows, 500, 0.95, new Seed(3));

        assertThat(same.pValue()).isGreaterThan(0.05);
        assertThat(same.lower()).isLessThan(0);
        assertThat(same.upper()).isGreaterThan(0);
        assertThat(better.pValue()).isBetween(0.0, 2.0 / 501);
        assertThat(better.lower()).isGreaterThan(0);
        assertThat(better.difference()).isBetween(better.lower(), better.upper());
        assertThat(better.users()).isEqualTo(1500);
        assertThat(better.replicates()).isEqualTo(500);
    }

    /** Hanley and McNeil's (1982) standard error for independent rows; the variances of independent models add up. */
    @Test
    void standardErrorAgreesWithTheory() {
        RandomGenerator random = new Seed(5).generator();
        int pairs = 2000;
        Samples samples = RandomSamples.samples(random, pairs, 1, pairs, 50);
        int[] rows = IntStream.range(0, samples.size()).toArray();
        float[] first = scores(random, samples, 0.8);
        float[] second = scores(random, samples, 0.8);

        PairedBootstrap bootstrap = PairedBootstrap.of(first, second, samples, rows, 800, 0.95, new Seed(8));

        double expected = Math.hypot(hanleyMcNeil(first, samples, rows), hanleyMcNeil(second, samples, rows));
        assertThat(bootstrap.standardError()).isCloseTo(expected, within(expected * 0.12));
    }

    @Test
    void identicalModelsDoNotDiffer() {
        RandomGenerator random = new Seed(2).generator();
        Samples samples = RandomSamples.samples(random, 50, 1, 50, 50);
        int[] rows = IntStream.range(0, samples.size()).toArray();
        float[] scores = scores(random, samples, 1);

        PairedBootstrap bootstrap = PairedBootstrap.of(scores, scores, samples, rows, 100, 0.95, new Seed(1));

        assertThat(bootstrap.difference()).isZero();
        assertThat(bootstrap.pValue()).isEqualTo(1);
        assertThat(bootstrap.standardError()).isZero();
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() throws Exception {
        RandomGenerator random = new Seed(4).generator();
        Samples samples = RandomSamples.samples(random, 200, 1, 100, 50);
        int[] rows = IntStream.range(0, samples.size()).toArray();
        float[] first = scores(random, samples, 1);
        float[] second = scores(random, samples, 0.8);
        List<PairedBootstrap> results = new ArrayList<>();

        for (int threads : new int[] {1, 3}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                results.add(pool.submit(() -> PairedBootstrap.of(first, second, samples, rows, 300, 0.95, new Seed(6)))
                        .get());
            } finally {
                pool.shutdown();
            }
        }

        assertThat(results.get(0)).isEqualTo(results.get(1));
    }

    @Test
    void refusesRowsOfOneClassAndTooFewReplicates() {
        Samples samples = RandomSamples.samples(new Seed(1).generator(), 4, 1, 4, 5);

        assertThatThrownBy(() -> PairedBootstrap.of(
                        new float[8], new float[8], samples, new int[] {0, 2}, 10, 0.95, new Seed(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one class")
                .hasMessageContaining("replicates: is 10");
    }

    private static double repeated(float[] scores, Samples samples, int[] rows, int[] weights) {
        List<Float> positives = new ArrayList<>();
        List<Float> negatives = new ArrayList<>();
        for (int row : rows) {
            for (int copy = 0; copy < weights[samples.instances().users()[row]]; copy++) {
                (samples.label(row) == 1 ? positives : negatives).add(scores[row]);
            }
        }
        return Auc.of(floats(positives), floats(negatives)).orElse(Double.NaN);
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int index = 0; index < floats.length; index++) {
            floats[index] = values.get(index);
        }
        return floats;
    }

    private static float[] scores(RandomGenerator random, Samples samples, double separation) {
        float[] scores = new float[samples.size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = (float) (random.nextGaussian() + separation * samples.label(row));
        }
        return scores;
    }

    private static double hanleyMcNeil(float[] scores, Samples samples, int[] rows) {
        double auc = Auc.of(scores, samples, rows).orElseThrow();
        int n = samples.positives();
        double q1 = auc / (2 - auc);
        double q2 = 2 * auc * auc / (1 + auc);
        return Math.sqrt((auc * (1 - auc) + (n - 1) * (q1 - auc * auc) + (n - 1) * (q2 - auc * auc)) / n / n);
    }
}

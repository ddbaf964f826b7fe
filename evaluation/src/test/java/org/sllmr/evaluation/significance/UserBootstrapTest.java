// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.LogLoss;
import org.sllmr.evaluation.RandomSamples;

class UserBootstrapTest {
    /** Compares with the known standard error of a mean. */
    @Test
    void theIntervalOfAMeanIsTheNormalOne() {
        RandomGenerator random = new Seed(3).generator();
        double[] values = random.doubles(900).toArray();
        values[5] = Double.NaN;
        double mean = IntStream.range(0, 900)
                .filter(i -> i != 5)
                .mapToDouble(i -> values[i])
                .average()
                .orElseThrow();

        Interval interval =
                new UserBootstrap(2000, 0.95, new Seed(1)).ofMean(values).orElseThrow();

        double margin = 1.96 * Math.sqrt(1 / 12.0 / 899);
        assertThat(interval.lower()).isCloseTo(mean - margin, within(0.15 * margin));
        assertThat(interval.upper()).isCloseTo(mean + margin, within(0.15 * margin));
        assertThat(new UserBootstrap(2000, 0.95, new Seed(1)).ofMean(new double[0]))
                .isEmpty();
    }

    @Test
    void intervalsOfPooledMetricsContainTheMetric() {
        RandomGenerator random = new Seed(4).generator();
        Samples samples = RandomSamples.samples(random, 400, 1, 200, 50);
        float[] scores = RandomSamples.scores(random, samples, 20);
        int[] rows = IntStream.range(0, samples.size()).toArray();
        UserBootstrap bootstrap = new UserBootstrap(500, 0.9, new Seed(2));

        Interval auc = bootstrap.ofAuc(scores, samples, rows).orElseThrow();
        Interval loss = bootstrap.ofLogLoss(scores, samples, rows).orElseThrow();

        assertThat(Auc.of(scores, samples, rows).orElseThrow()).isBetween(auc.lower(), auc.upper());
        assertThat(LogLoss.of(scores, samples).orElseThrow()).isBetween(loss.lower(), loss.upper());
        assertThat(auc.upper() - auc.lower()).isBetween(0.02, 0.1);
        assertThat(bootstrap.ofAuc(scores, samples, rows)).hasValue(auc);
    }

    @Test
    void severalModelsPerMethodAreComparedByTheirMean() {
        RandomGenerator random = new Seed(4).generator();
        Samples samples = RandomSamples.samples(random, 300, 1, 300, 50);
        float[] one = RandomSamples.scores(random, samples, 20);
        float[] two = RandomSamples.scores(random, samples, 20);
        int[] rows = IntStream.range(0, samples.size()).toArray();

        PairedBootstrap both =
                PairedBootstrap.of(List.of(one, two), List.of(two, one), samples, rows, 100, 0.95, new Seed(1));
        PairedBootstrap single = PairedBootstrap.of(one, two, samples, rows, 100, 0.95, new Seed(1));
        PairedBootstrap twice =
                PairedBootstrap.of(List.of(one, one), List.of(two, two), samples, rows, 100, 0.95, new Seed(1));

        assertThat(both.difference()).isZero();
        assertThat(both.effectSize()).isZero();
        assertThat(twice).isEqualTo(single);
        assertThat(single.effectSize())
                .isCloseTo(single.difference() / single.standardError() / Math.sqrt(300), within(1e-12));
    }
}

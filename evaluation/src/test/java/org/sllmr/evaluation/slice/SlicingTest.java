// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.RandomSamples;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.significance.UserBootstrap;

class SlicingTest {
    private static final int USERS = 300;
    private static final int ITEMS = 60;
    private final RandomGenerator random = new Seed(9).generator();
    private final Samples samples = samples();
    private final TrainingData data = data();
    private final float[] logits = RandomSamples.scores(random, samples, 9);
    private final List<Slicing> slicings = Slicing.all(logits, samples, Slices.of(data), data);

    @Test
    void everyRowIsInOnePartAndWholeGroupsStayTogether() {
        // The last one only because some items are new to training.
        assertThat(slicings)
                .extracting(Slicing::name)
                .containsExactly(
                        "user",
                        "item",
                        "positive",
                        "history length",
                        "popularity of the positive, decile",
                        "uncertainty, decile",
                        "item in training");
        for (Slicing slicing : slicings) {
            assertThat(slicing.partOf()).hasSize(samples.size());
            assertThat(IntStream.range(0, slicing.labels().size())
                            .map(part -> slicing.rows(part).length)
                            .sum())
                    .isEqualTo(samples.size());
            for (int row = 1; slicing.wholeGroups() && row < samples.size(); row += 2) {
                assertThat(slicing.partOf()[row]).isEqualTo(slicing.partOf()[row - 1]);
            }
        }
    }

    @Test
    void decilesRiseAndKeepTiesTogether() {
        Slicing popularity = slicings.get(4);
        Popularity counts = Popularity.of(data);
        for (int one = 0; one < samples.size(); one += 2) {
            for (int other = 0; other < samples.size(); other += 2) {
                int difference = counts.positives(samples.instances().items()[one])
                        - counts.positives(samples.instances().items()[other]);
                if (difference == 0) {
                    assertThat(popularity.partOf()[one]).isEqualTo(popularity.partOf()[other]);
                } else if (difference < 0) {
                    assertThat(popularity.partOf()[one])
                            .isLessThanOrEqualTo(popularity.partOf()[other]);
                }
            }
        }
        assertThat(Arrays.stream(popularity.partOf()).distinct().count()).isGreaterThan(4);
    }

    @Test
    void groupsWithoutANumberAreInNoDecile() {
        Slicing deciles = Slicing.byDecile("number", "%.0f", samples, group -> group % 3 == 0 ? Double.NaN : group);
        Slicing same = Slicing.byDecile("number", "%.0f", samples, group -> Double.NaN);
        assertThat(same.partOf()).containsOnly(-1);
        for (int row = 0; row < samples.size(); row++) {
            int group = row / 2;
            if (group % 3 == 0) {
                assertThat(deciles.partOf()[row]).isEqualTo(-1);
            } else {
                // Of the groups below this one, two in three have a number.
                int below = group - 1 - group / 3;
                int all = samples.positives() - (samples.positives() + 2) / 3;
                assertThat(deciles.partOf()[row]).isEqualTo(10 * below / all);
            }
        }
    }

    @Test
    void regionsAreThoseOfUserAndPositive() {
        Slices slices = Slices.of(data);
        Slicing regions = Slicing.byRegion(samples, slices);
        for (int row = 0; row < samples.size(); row++) {
            String label = regions.labels().get(regions.partOf()[row]);
            assertThat(label.startsWith("cold"))
                    .isEqualTo(slices.cold()[samples.instances().users()[row]]);
            assertThat(label.endsWith("tail item"))
                    .isEqualTo(slices.longTail()[samples.instances().items()[row - row % 2]]);
        }
        assertThat(Slicing.whole(samples).rows(0)).hasSize(samples.size());
    }

    @Test
    void everyPartHasItsMetricsWithIntervals() {
        UserBootstrap bootstrap = new UserBootstrap(100, 0.95, new Seed(1));
        List<SliceMetric> rows = SliceMetric.ofRows(slicings, logits, samples, bootstrap);
        SliceMetric cold = rows.get(0);
        assertThat(cold.part()).isEqualTo("cold");
        assertThat(cold.value())
                .isEqualTo(Auc.of(logits, samples, slicings.get(0).rows(0)));
        assertThat(cold.interval()).isPresent();
        assertThat(rows)
                .as("no empty rows")
                .allSatisfy(metric -> assertThat(metric.n()).isPositive());

        int[] groupOf = {3, 7, 11, 20};
        double[] values = {1, 2, 3, 4};
        List<SliceMetric> ranked = SliceMetric.ofRankings(
                slicings, samples, groupOf, Map.of(RankingMetric.of(RankingMetric.Kind.MRR), values), bootstrap);
        assertThat(ranked).allSatisfy(metric -> assertThat(metric.n()).isPositive());
        assertThat(ranked.stream()
                        .filter(metric -> metric.slicing().equals("user"))
                        .mapToInt(SliceMetric::n)
                        .sum())
                .isEqualTo(4);
        assertThat(ranked).extracting(SliceMetric::slicing).doesNotContain("item");
    }

    private Samples samples() {
        Samples drawn = RandomSamples.samples(random, USERS, 1, USERS, ITEMS);
        int[] positions =
                IntStream.range(0, drawn.size()).map(row -> row / 2 % 30).toArray();
        return new Samples(
                new Instances(drawn.instances().users(), drawn.instances().items(), positions), 1);
    }

    private TrainingData data() {
        int[] offsets = IntStream.rangeClosed(0, USERS).map(user -> 5 * user).toArray();
        int[] items = random.ints(5 * USERS, 0, ITEMS)
                .map(item -> item * item / ITEMS)
                .toArray();
        for (int user = 0; user < 100; user++) {
            offsets[user + 1] = offsets[user] + 4;
        }
        for (int user = 100; user < USERS; user++) {
            offsets[user + 1] = offsets[user] + (user == USERS - 1 ? items.length - offsets[user] : 5);
        }
        Vocabulary ids = new Vocabulary(
                IntStream.range(0, ITEMS).mapToObj(item -> "i" + item).toList());
        Vocabulary users = new Vocabulary(
                IntStream.range(0, USERS).mapToObj(user -> "u" + user).toList());
        return new TrainingData(
                "test",
                "hash",
                InteractionLog.of(offsets, items, new long[items.length]).withholdLast(1),
                new Catalogue(ids, List.of(), List.of()),
                users,
                List.of(),
                List.of(),
                samples,
                samples);
    }

    @Test
    void itemsOfAllPartsAreDividedByTheirOwnTail() {
        boolean[] tail = new boolean[data.catalogue().size()];
        tail[samples.instances().items()[0]] = true;
        List<Slicing> both = Slicing.byItemOfAllParts(samples, tail);
        assertThat(both).extracting(Slicing::name).containsExactly("item, by all parts", "positive, by all parts");
        for (int row = 0; row < samples.size(); row++) {
            assertThat(both.get(0).partOf()[row])
                    .isEqualTo(tail[samples.instances().items()[row]] ? 0 : 1);
        }
        assertThat(both.get(1).wholeGroups()).isTrue();
    }
}

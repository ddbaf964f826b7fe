// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class UserRankingTest {
    /** Compares with the mean over every order that the scores allow. */
    @RepeatedTest(60)
    void isTheMeanOverAllOrdersOfTies(RepetitionInfo repetition) {
        long seed = 100 + repetition.getCurrentRepetition();
        RandomGenerator random = new Seed(seed).generator();
        int size = 1 + random.nextInt(7);
        int levels = 1 + random.nextInt(3);
        float[] scores = new float[size];
        boolean[] positive = new boolean[size];
        for (int i = 0; i < size; i++) {
            scores[i] = random.nextInt(levels);
            positive[i] = i == 0 || random.nextInt(3) == 0;
        }
        List<boolean[]> orders = new ArrayList<>();
        permute(new ArrayList<>(), scores, positive, orders);
        UserRanking ranking = ranking(scores, positive);

        assertThat(ranking.meanRank()).as("seed %d", seed).isCloseTo(mean(orders, UserRankingTest::meanRank), exact());
        assertThat(ranking.reciprocalRank()).isCloseTo(mean(orders, order -> reciprocalRank(order, size)), exact());
        if (ranking.positives() < size) {
            assertThat(ranking.auc().orElseThrow()).isCloseTo(mean(orders, UserRankingTest::auc), exact());
        } else {
            assertThat(ranking.auc()).isEmpty();
        }
        for (int k = 1; k <= size + 1; k++) {
            int cut = k;
            assertThat(ranking.hitRate(k)).isCloseTo(mean(orders, order -> hits(order, cut) > 0 ? 1 : 0), exact());
            assertThat(ranking.recall(k))
                    .isCloseTo(mean(orders, order -> hits(order, cut) / (double) count(order)), exact());
            assertThat(ranking.ndcg(k)).isCloseTo(mean(orders, order -> ndcg(order, cut)), exact());
            assertThat(ranking.reciprocalRank(k)).isCloseTo(mean(orders, order -> reciprocalRank(order, cut)), exact());
        }
    }

    /** ndcg_score, which also averages over ties, and roc_auc_score of scikit-learn 1.9.1. */
    @Test
    void equalsRecordedScikitLearnValues() {
        float[] scores = new float[60];
        boolean[] several = new boolean[60];
        boolean[] one = new boolean[60];
        for (int i = 0; i < 60; i++) {
            scores[i] = i * 7919 % 11;
            several[i] = i % 9 == 4;
            one[i] = i == 1;
        }
        UserRanking ranking = ranking(scores, several);
        UserRanking single = ranking(scores, one);

        assertThat(ranking.auc().orElseThrow()).isCloseTo(0.49595687331536387, exact());
        assertThat(ranking.ndcg(5)).isZero();
        assertThat(ranking.ndcg(10)).isCloseTo(0.05675706225616179, exact());
        assertThat(ranking.ndcg(20)).isCloseTo(0.17113809997672114, exact());
        assertThat(ranking.ndcg(60)).isCloseTo(0.4170604098012107, exact());
        assertThat(single.ndcg(3)).isCloseTo(0.3551549589285762, exact());
        assertThat(single.ndcg(5)).isCloseTo(0.49140985314656527, exact());
        assertThat(single.ndcg(10)).isCloseTo(0.550777717664569, exact());
    }

    @Test
    void aConstantModelEqualsARandomList() {
        UserRanking constant = new UserRanking(100, List.of(new TieGroup(0, 100, 1)));

        assertThat(constant.auc()).hasValue(0.5);
        assertThat(constant.hitRate(10)).isCloseTo(0.1, exact());
        assertThat(constant.recall(10)).isCloseTo(0.1, exact());
        assertThat(constant.meanRank()).isEqualTo(50.5);
        assertThat(constant.reciprocalRank())
                .isCloseTo(
                        IntStream.rangeClosed(1, 100).mapToDouble(i -> 0.01 / i).sum(), exact());
    }

    @Test
    void withOnePositiveRecallIsTheHitRate() {
        for (int better = 0; better < 8; better++) {
            for (int tied = 1; tied < 8; tied++) {
                UserRanking ranking = new UserRanking(20, List.of(new TieGroup(better, tied, 1)));
                for (int k = 1; k < 20; k++) {
                    assertThat(ranking.hitRate(k)).isCloseTo(ranking.recall(k), exact());
                }
            }
        }
    }

    @Test
    void refusesInconsistentCounts() {
        assertThatThrownBy(() -> new TieGroup(0, 1, 2)).hasMessageContaining("2 positives");
        assertThatThrownBy(() -> new UserRanking(3, List.of(new TieGroup(3, 1, 1))))
                .hasMessageContaining("of 3 candidates");
        assertThatThrownBy(() -> new UserRanking(3, List.of())).hasMessageContaining("needs at least one positive");
    }

    private static UserRanking ranking(float[] scores, boolean[] positive) {
        float[] positives = new float[scores.length];
        int count = 0;
        for (int i = 0; i < scores.length; i++) {
            if (positive[i]) {
                positives[count++] = scores[i];
            }
        }
        CandidateRanking ranking = new CandidateRanking(Arrays.copyOf(positives, count), new int[0], 0);
        ranking.add(0, scores, scores.length);
        return ranking.ranking();
    }

    private static void permute(List<Integer> taken, float[] scores, boolean[] positive, List<boolean[]> orders) {
        if (taken.size() == scores.length) {
            boolean[] order = new boolean[taken.size()];
            for (int i = 0; i < order.length; i++) {
                order[i] = positive[taken.get(i)];
            }
            orders.add(order);
            return;
        }
        for (int next = 0; next < scores.length; next++) {
            if (!taken.contains(next)
                    && (taken.isEmpty() || scores[next] <= scores[taken.get(taken.size() - 1)])
                    && highestLeft(taken, scores) == scores[next]) {
                taken.add(next);
                permute(taken, scores, positive, orders);
                taken.remove(taken.size() - 1);
            }
        }
    }

    private static float highestLeft(List<Integer> taken, float[] scores) {
        float highest = -1;
        for (int i = 0; i < scores.length; i++) {
            highest = taken.contains(i) ? highest : Math.max(highest, scores[i]);
        }
        return highest;
    }

    private static double mean(List<boolean[]> orders, ToDoubleFunction<boolean[]> metric) {
        return orders.stream().mapToDouble(metric).average().orElseThrow();
    }

    private static int count(boolean[] order) {
        return hits(order, order.length);
    }

    private static int hits(boolean[] order, int k) {
        int hits = 0;
        for (int i = 0; i < Math.min(k, order.length); i++) {
            hits += order[i] ? 1 : 0;
        }
        return hits;
    }

    private static double meanRank(boolean[] order) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += order[i] ? i + 1 : 0;
        }
        return sum / count(order);
    }

    private static double auc(boolean[] order) {
        double wins = 0;
        for (int i = 0; i < order.length; i++) {
            for (int j = i + 1; j < order.length; j++) {
                wins += order[i] && !order[j] ? 1 : 0;
            }
        }
        return wins / ((double) count(order) * (order.length - count(order)));
    }

    private static double reciprocalRank(boolean[] order, int k) {
        for (int i = 0; i < Math.min(k, order.length); i++) {
            if (order[i]) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    private static double ndcg(boolean[] order, int k) {
        double gain = 0;
        double ideal = 0;
        for (int i = 0; i < Math.min(k, order.length); i++) {
            double discount = Math.log(2) / Math.log(i + 2);
            gain += order[i] ? discount : 0;
            ideal += i < count(order) ? discount : 0;
        }
        return gain / ideal;
    }

    private static Offset<Double> exact() {
        return within(1e-12);
    }
}

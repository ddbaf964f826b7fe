// SPDX-License-Identifier: Apache-2.0
package org.sllmr.evaluation.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;

class CandidateRankingTest {
    /** Compares with a sort of all candidates. */
    @RepeatedTest(200)
    void equalsASortForAnyBlocks(RepetitionInfo repetition) {
        long seed = 500 + repetition.getCurrentRepetition();
        RandomGenerator random = new Seed(seed).generator();
        int items = 2 + random.nextInt(80);
        int levels = 1 + random.nextInt(12);
        float[] scores = new float[items];
        for (int item = 0; item < items; item++) {
            scores[item] = (random.nextInt(levels) - levels / 2) * 0.5f;
        }
        int[] shuffled = IntStream.range(0, items).toArray();
        for (int i = items - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swapped;
        }
        int[] positives = Arrays.copyOf(shuffled, 1 + random.nextInt(Math.min(4, items - 1)));
        int[] excluded = Arrays.copyOfRange(
                shuffled, positives.length, positives.length + random.nextInt(items - positives.length + 1));
        Arrays.sort(excluded);
        int top = random.nextInt(items + 2);
        float[] positiveScores = new float[positives.length];
        IntStream.range(0, positives.length).forEach(i -> positiveScores[i] = scores[positives[i]]);

        CandidateRanking ranking = new CandidateRanking(positiveScores, excluded, top);
        for (int first = 0, count; first < items; first += count) {
            count = Math.min(items - first, 1 + random.nextInt(20));
            ranking.add(first, Arrays.copyOfRange(scores, first, first + count), count);
        }

        int[] candidates = IntStream.range(0, items)
                .filter(item -> Arrays.binarySearch(excluded, item) < 0)
                .toArray();
        List<TieGroup> expected = Arrays.stream(positives)
                .mapToObj(item -> scores[item])
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(score -> new TieGroup(
                        (int) Arrays.stream(candidates)
                                .filter(item -> scores[item] > score)
                                .count(),
                        (int) Arrays.stream(candidates)
                                .filter(item -> scores[item] == score)
                                .count(),
                        (int) Arrays.stream(positives)
                                .filter(item -> scores[item] == score)
                                .count()))
                .toList();
        assertThat(ranking.ranking()).as("seed %d", seed).isEqualTo(new UserRanking(candidates.length, expected));
        int[] list = Arrays.stream(candidates)
                .boxed()
                .sorted(Comparator.comparing((Integer item) -> -scores[item]).thenComparing(item -> item))
                .limit(top)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(ranking.top()).as("seed %d", seed).isEqualTo(list);
    }

    @Test
    void refusesNaNAndMissingBlocks() {
        float[] positive = {1};
        CandidateRanking ranking = new CandidateRanking(positive, new int[0], 1);

        assertThatThrownBy(() -> ranking.add(1, new float[1], 1)).hasMessageContaining("expected is item 0");
        assertThatThrownBy(() -> ranking.add(0, new float[] {Float.NaN}, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new CandidateRanking(new float[] {Float.NaN}, new int[0], 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new CandidateRanking(new float[0], new int[0], 1))
                .hasMessageContaining("positive");
    }
}

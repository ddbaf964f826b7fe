// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.layer.Activation;

class HistoryCatalogueScorerTest {
    private static final RandomWorld WORLD = new RandomWorld(9, 40, 700, 9);

    static Stream<BackboneSettings> attending() {
        return Arrays.stream(Activation.values())
                .flatMap(activation -> SampleBackbones.with(activation).stream())
                .filter(DinSettings.class::isInstance);
    }

    /** The judge: the scorer in which every user's history is computed for that user. */
    @ParameterizedTest
    @MethodSource("attending")
    void scoresHaveTheBitsThatTheyHaveWithoutSharing(BackboneSettings backbone) {
        CtrModel model = CatalogueScorerTest.trained(WORLD, backbone, new Random(3), true);
        // Users without history, with one item again and again, with items that the data do not have, and one as
        // another.
        int[][] histories = {{}, {3}, {5, 5, 5, 2, 5}, {699, 0, 5}, {750, 800, 3, 3, 1, 3}, {}, {699, 0, 5}, {3, 5}};
        InteractionLog log = log(histories);
        int[] users = {7, 0, 2, 4, 1, 3, 6, 5, 2, -1};
        int[] positions = {2, 0, 5, 6, 1, 3, 2, 0, 3, 0};
        int[][] asked = new int[users.length][];
        for (int row = 0; row < users.length; row++) {
            asked[row] = new int[] {row * 70, 699, row * 70};
        }
        asked[1] = new int[0];
        asked[2] = IntStream.range(0, 600).toArray();
        Scores expected = scores(
                new NetworkCatalogueScorer(model, 700, new CatalogueScoring(1, 3)), log, users, positions, asked);
        for (CatalogueScoring settings : List.of(
                new CatalogueScoring(1, 1, 1),
                new CatalogueScoring(1, 128),
                new CatalogueScoring(2, 3, 6_000),
                new CatalogueScoring(3, 2, 20_000),
                new CatalogueScoring(2, 4, 200_000))) {
            CatalogueScorer scorer = model.catalogueScorer(700, settings);
            assertThat(scorer).isInstanceOf(HistoryCatalogueScorer.class);
            Scores scores = scores(scorer, log, users, positions, asked);
            assertThat(scores.all).as("%s", settings).isDeepEqualTo(expected.all);
            assertThat(scores.answers).as("%s", settings).isDeepEqualTo(expected.answers);
        }
    }

    private static InteractionLog log(int[][] histories) {
        int[] offsets = new int[histories.length + 1];
        for (int user = 0; user < histories.length; user++) {
            offsets[user + 1] = offsets[user] + histories[user].length;
        }
        int[] items = Arrays.stream(histories).flatMapToInt(Arrays::stream).toArray();
        return InteractionLog.of(offsets, items, new long[items.length]);
    }

    private record Scores(float[][] all, float[][] answers) {}

    private static Scores scores(
            CatalogueScorer scorer, InteractionLog log, int[] users, int[] positions, int[][] asked) {
        Scores scores = new Scores(new float[users.length][700], new float[users.length][]);
        List<Long> progress = new ArrayList<>();
        scorer.score(
                log,
                users,
                positions,
                asked,
                new CatalogueScorerTest.Collector(scores.all, scores.answers),
                (stage, done, total) -> progress.add(done));
        assertThat(progress).isSorted().endsWith(700L * users.length);
        return scores;
    }

    @Test
    void aBlockEndsWhereItsUsersOrTheItemsOfTheirHistoriesAreTooMany() {
        int[][] histories = {{1, 2}, {2, 2}, {3}, {4, 5, 6, 7}, {}, {}, {}};
        int[] users = IntStream.range(0, 7).toArray();
        int[] positions =
                Arrays.stream(histories).mapToInt(history -> history.length).toArray();
        List<HistoryBlock> blocks = new ArrayList<>();
        for (int from = 0; from < 7; from += blocks.get(blocks.size() - 1).users()) {
            blocks.add(HistoryBlock.from(
                    from,
                    users,
                    positions,
                    (user, position) -> Arrays.copyOf(histories[user], position),
                    new HistoryBlockSizes(3, 2, 100)));
        }
        assertThat(blocks.stream().map(HistoryBlock::users)).containsExactly(2, 1, 1, 3);
        assertThat(blocks.get(0).items()).containsExactly(1, 2);
        assertThat(blocks.get(0).histories()).isDeepEqualTo(new int[][] {{0, 1}, {1, 1}});
        assertThat(blocks.get(2).items()).containsExactly(4, 5, 6, 7);
    }
}

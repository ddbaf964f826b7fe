// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopularityTest {
    /** Training interactions of three users after validation and test are withheld; items 0 to 10. */
    private static TrainingData data() {
        int[] items = {9, 0, 1, 2, 3, 10, 10, /**/ 4, 0, 1, 2, 3, 10, 10, /**/ 5, 6, 7, 10, 10};
        InteractionLog log = InteractionLog.of(new int[] {0, 7, 14, 19}, items, new long[items.length]);
        Vocabulary ids = new Vocabulary(
                IntStream.range(0, 11).mapToObj(item -> "i" + item).toList());
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        return new TrainingData(
                "test",
                "",
                log.withholdLast(2),
                new Catalogue(ids, List.of(), List.of()),
                new Vocabulary(List.of("u", "v", "w")),
                List.of(),
                List.of(),
                none,
                none);
    }

    @Test
    void firstAndWithheldInteractionsDoNotCount() {
        assertThat(Popularity.of(data()).positives()).containsExactly(2, 2, 2, 2, 0, 0, 1, 1, 0, 0, 0);
    }

    @Test
    void theLongTailIsTheBottomFifthWithTiesByIndex() {
        Popularity popularity = Popularity.of(data());

        assertThat(popularity.longTailItems()).containsExactly(4, 5);
        assertThat(popularity.longTail())
                .containsExactly(false, false, false, false, true, true, false, false, false, false, false);
    }

    @Test
    void coldUsersHaveAtMostThreeTrainingInteractions() {
        assertThat(ColdUsers.of(data())).containsExactly(false, false, true);
    }
}

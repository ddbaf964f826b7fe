// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;

class SampleListsTest {
    private static final int[] USERS = {0, 0, 0, 0, 1, 1, 1};
    private static final byte[] LABELS = {0, 1, 1, 0, 0, 0, 1};

    private static Samples samples(int... lists) {
        int rows = USERS.length;
        return new Samples(
                new Instances(USERS, IntStream.range(0, rows).toArray(), new int[rows]),
                new Labels.Given(LABELS, lists));
    }

    @Test
    void aPositiveAndItsNegativesAreAList() {
        Samples samples = new Samples(new Instances(new int[6], new int[6], new int[6]), 2);

        assertThat(samples.lists().known()).isTrue();
        assertThat(samples.lists().count()).isEqualTo(2);
        assertThat(samples.lists().heads()).containsExactly(0, 0, 0, 3, 3, 3);
        assertThat(samples.lists().ofRows()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(samples.positives()).isEqualTo(2);
    }

    @Test
    void anImpressionIsAList() {
        SampleLists lists = samples(0, 4, 6, 7).lists();

        assertThat(lists.known()).isTrue();
        assertThat(lists.count()).isEqualTo(3);
        // The second has no positive.
        assertThat(lists.heads()).containsExactly(1, 1, 1, 1, -1, -1, 6);
        assertThat(lists.comparedWith()).isEqualTo(lists.heads());
    }

    @Test
    void withoutImpressionsEachRowIsAloneAndComparedWithTheNearestPositiveOfItsUser() {
        SampleLists lists = samples().lists();

        assertThat(lists.known()).isFalse();
        assertThat(lists.count()).isEqualTo(7);
        assertThat(lists.heads()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(lists.comparedWith()).containsExactly(1, 1, 2, 2, 6, 6, 6);
    }

    @Test
    void aSelectionKeepsLabelsAndWhatIsLeftOfImpressions() {
        Samples selected = samples(0, 4, 6, 7).select(new int[] {0, 2, 6});

        assertThat(selected.size()).isEqualTo(3);
        assertThat(selected.positives()).isEqualTo(2);
        assertThat(selected.instances().items()).containsExactly(0, 2, 6);
        assertThat(selected.lists().ofRows()).containsExactly(0, 0, 1);
    }

    @Test
    void contextsFollowTheirRows() {
        InteractionLog log =
                InteractionLog.of(new int[] {0, 2}, new int[2], new long[2]).withContexts(new int[] {7, 8});
        Instances given = new Instances(new int[2], new int[2], new int[2], new int[] {3, 4});
        Instances fromLog = new Instances(new int[] {0, 0, 5}, new int[3], new int[] {1, 2, 0});

        Instances both = given.select(new int[] {1, 0}).and(fromLog, log);

        assertThat(both.contexts()).containsExactly(4, 3, 8, -1, -1);
        assertThat(fromLog.and(fromLog, log).contexts()).isEmpty();
        assertThat(given.slice(1, 2).contexts()).containsExactly(4);
    }

    @Test
    void labelsAndListsAreChecked() {
        assertThatThrownBy(() -> new Labels.Given(new byte[] {2}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Labels.Given(new byte[2], new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Labels.Given(new byte[2], new int[] {0, 0, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> samples().negatives("training.objective", "it compares"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("training.objective");
        byte[] labels = Arrays.copyOf(LABELS, 3);
        assertThatThrownBy(() -> new Samples(new Instances(USERS, USERS, USERS), new Labels.Given(labels, new int[0])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

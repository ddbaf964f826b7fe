// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InteractionLogTest {
    private static final InteractionLog LOG =
            InteractionLog.of(new int[] {0, 4, 4, 7}, new int[] {5, 6, 7, 8, 1, 2, 3}, new long[7]);

    @Test
    void withheldInteractionsCannotBeReached() {
        InteractionLog training = LOG.withholdLast(2);
        assertThat(training.length(0)).isEqualTo(2);
        assertThat(training.length(1)).isZero();
        assertThat(training.size()).isEqualTo(3);
        assertThat(training.item(0, 1)).isEqualTo(6);
        assertThatThrownBy(() -> training.item(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.time(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.copyItems(0, 0, 3, new int[3], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void onlyTheContextOfTheNextInteractionIsVisible() {
        InteractionLog training = LOG.withholdLast(2);
        assertThat(training.contextIndex(2, 0)).isEqualTo(4);
        assertThat(training.contextIndex(2, 1)).isEqualTo(5);
        assertThat(training.contextIndex(2, 2)).isEqualTo(-1);
        assertThat(LOG.contextIndex(2, 2)).isEqualTo(6);
        assertThat(LOG.contextIndex(2, 3)).isEqualTo(-1);
        assertThat(LOG.contextIndex(1, 0)).isEqualTo(-1);
    }

    @Test
    void positionsDoNotReachAnotherUser() {
        // Position -1 of user 2 would be the last interaction of user 0, which is withheld.
        InteractionLog training = LOG.withholdLast(1);
        assertThatThrownBy(() -> training.item(2, -1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("user 2 has 2 interactions here, asked for -1");
        assertThatThrownBy(() -> training.time(2, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.index(2, -2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.item(2, Integer.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.copyItems(2, -1, 1, new int[2], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> training.copyItems(2, 2, 1, new int[2], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(training.contextIndex(2, -1)).isEqualTo(-1);
        assertThatThrownBy(() -> training.withholdLast(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inconsistentColumnsAreRefused() {
        assertThatThrownBy(() -> InteractionLog.of(new int[] {0, 2}, new int[3], new long[3]))
                .hasMessageContaining("3 interactions");
        assertThatThrownBy(() -> InteractionLog.of(new int[] {0, 3}, new int[3], new long[2]))
                .hasMessageContaining("2 times for 3");
        assertThatThrownBy(() -> InteractionLog.of(new int[] {0, 4, 2, 3}, new int[3], new long[3]))
                .hasMessageContaining("offsets fall at user 2");
    }

    @Test
    void eachUserMayKeepAnotherNumber() {
        InteractionLog log = InteractionLog.of(new int[] {0, 3, 5}, new int[] {4, 5, 6, 7, 8}, new long[5]);

        InteractionLog kept = log.keepFirst(new int[] {1, 2});

        assertThat(kept.length(0)).isEqualTo(1);
        assertThat(kept.length(1)).isEqualTo(2);
        assertThat(kept.size()).isEqualTo(3);
        assertThatThrownBy(() -> kept.item(0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        // The context of the next interaction is known, those of later ones are not.
        assertThat(kept.contextIndex(0, 1)).isEqualTo(1);
        assertThat(kept.contextIndex(0, 2)).isEqualTo(-1);
        assertThatThrownBy(() -> kept.keepFirst(new int[] {2, 2})).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> log.keepFirst(new int[1])).isInstanceOf(IllegalArgumentException.class);
    }
}

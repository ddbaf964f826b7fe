// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Labels;
import org.sllmr.data.Samples;

class ShownNegativesTest {
    @Test
    void theNegativesNearestToThePositiveComeFirst() {
        // User 1 takes item 10 in its second impression, in which 11 and 12 are shown too.
        int[] users = {0, 1, 1, 1, 1, 1, 1, 1};
        int[] items = {7, 20, 21, 11, 10, 12, 30, 11};
        byte[] labels = {0, 1, 0, 0, 1, 0, 1, 0};
        Samples training = new Samples(
                new Instances(users, items, new int[users.length]),
                new Labels.Given(labels, new int[] {0, 1, 3, 6, 8}));
        ShownNegatives shown = new ShownNegatives(training, 3);

        assertThat(shown.before(1, 10)).containsExactly(11, 12, 21);
        // An item that was never taken, and users without positives or without rows.
        assertThat(shown.before(1, 11)).isEmpty();
        assertThat(shown.before(0, 7)).isEmpty();
        assertThat(shown.before(2, 7)).isEmpty();
    }
}

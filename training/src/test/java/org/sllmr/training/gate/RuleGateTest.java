// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.Signals;
import org.sllmr.training.supervision.Pairs;
import org.sllmr.training.supervision.Supervision;

class RuleGateTest {
    /** User 0 has five scored items, user 1 two. */
    private static final TeacherTable TEACHER = new TeacherTable(
            new int[] {0, 5, 7}, new int[] {0, 1, 2, 3, 4, 0, 1}, new float[] {0.1f, 0.9f, 0.5f, 0.7f, 0.3f, 0.8f, 0.2f
            });

    /** Rows of user 0 with items 3, 0 and 2, and of user 1 with items 0 and 1. */
    private static final Supervision SUPERVISION = new Supervision(
            new Instances(new int[] {0, 0, 0, 1, 1}, new int[] {3, 0, 2, 0, 1}, new int[5]),
            new float[] {0.7f, 0.1f, 0.5f, 0.8f, 0.2f},
            new Pairs(new int[] {0, 2, 3}, new int[] {1, 1, 4}, new float[] {0.6f, 0.4f, 0.6f}));

    private static final Signals SIGNALS = new Signals(new float[5], new float[5], new float[5]);

    private static float[] open(double position, double confidence, double consistency, int top) {
        RuleGate gate = new RuleGate(new RuleGateSettings(position, confidence, consistency, 2, top), TEACHER);
        return gate.open(SUPERVISION, new float[] {0.2f, 1.5f, 0.9f, -3, -2}, SIGNALS);
    }

    @Test
    void weighsThePreferredItem() {
        // Of user 0 the teacher prefers item 1 to item 3, and items 1 and 3 to item 2; of user 1 nothing to item 0.
        float[] position = open(1, 0, 0, 1);
        assertThat((double) position[0]).isCloseTo(Math.exp(-0.5), within(1e-6));
        assertThat((double) position[1]).isCloseTo(Math.exp(-1), within(1e-6));
        assertThat((double) position[2]).isCloseTo(1, within(1e-6));
        float[] confidence = open(0, 2, 0, 1);
        assertThat((double) confidence[0]).isCloseTo(Math.exp(-0.3), within(1e-6));
        assertThat((double) confidence[2]).isCloseTo(Math.exp(-0.2), within(1e-6));
        // The model prefers two rows of user 0 to item 3, one to item 2, and one of user 1 to item 0.
        assertThat(open(0, 0, 1, 1)).containsExactly(0, 0, 0);
        assertThat(open(0, 0, 1, 2)).containsExactly(0, 1, 1);
        assertThat(open(0, 0, 1, 3)).containsExactly(1, 1, 1);
        float[] mean = open(1, 1, 2, 2);
        for (int pair = 0; pair < 3; pair++) {
            float consistent = pair == 0 ? 0 : 1;
            assertThat(mean[pair]).isCloseTo((position[pair] + confidence[pair] + 2 * consistent) / 4, within(1e-6f));
        }
    }

    @Test
    void learnsNothingAndNeedsAWeight() {
        RuleGate gate = new RuleGate(RuleGateSettings.defaults(), TEACHER);
        float[] before = gate.open(SUPERVISION, new float[5], SIGNALS);
        gate.learn(new float[] {1e6f, -1e6f, 3});
        assertThat(gate.open(SUPERVISION, new float[5], SIGNALS)).isEqualTo(before);
        assertThat(gate.report().regions()).isNotEmpty();
        assertThat(gate.state()).isEmpty();
        assertThatThrownBy(() -> new RuleGateSettings(0, 0, 0, 1, 1))
                .hasMessageContaining("one of them must be above 0");
    }
}

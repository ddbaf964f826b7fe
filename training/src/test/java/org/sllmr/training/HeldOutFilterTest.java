// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

class HeldOutFilterTest {
    private final World world = World.of(40, 30, 3, new Seed(4));
    private final Samples all = world.data().training();

    @Test
    void interactionsAreKnownUpToThoseHeldOut() {
        World world = World.of(40, 30, 1, new Seed(3));
        InteractionLog log = world.data().log();
        boolean[] heldOut = new boolean[40];
        for (int user = 0; user < 40; user += 3) {
            heldOut[user] = true;
        }
        IntUnaryOperator known = HeldOutFilter.known(heldOut, log, false);
        Samples kept = HeldOutFilter.apply(heldOut, log, world.data().training());
        for (int user = 0; user < 40; user++) {
            int last = log.length(user) - 1;
            assertThat(known.applyAsInt(user)).isEqualTo(heldOut[user] ? last : Integer.MAX_VALUE);
        }
        for (int row = 0; row < kept.size(); row++) {
            int user = kept.instances().users()[row];
            assertThat(kept.instances().positions()[row]).isLessThan(known.applyAsInt(user));
        }
        IntUnaryOperator all = HeldOutFilter.known(new boolean[0], log, false);
        assertThat(all.applyAsInt(39)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void removesExactlyTheLastGroupsOfHeldOutUsers() {
        boolean[] heldOut = new boolean[40];
        for (int user = 0; user < heldOut.length; user += 3) {
            heldOut[user] = true;
        }
        Samples kept = HeldOutFilter.apply(heldOut, world.data().log(), all);
        List<List<Integer>> expected = new ArrayList<>();
        for (int row = 0; row < all.size(); row++) {
            int user = all.instances().users()[row];
            boolean last =
                    all.instances().positions()[row] == world.data().log().length(user) - 1;
            if (user % 3 != 0 || !last) {
                expected.add(row(all, row));
            }
        }
        assertThat(all.size() - expected.size())
                .as("a positive and 3 negatives each")
                .isEqualTo(14 * 4);
        assertThat(kept.groupSize() - 1).isEqualTo(3);
        assertThat(rows(kept)).isEqualTo(expected);
    }

    private static List<List<Integer>> rows(Samples samples) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int row = 0; row < samples.size(); row++) {
            rows.add(row(samples, row));
        }
        return rows;
    }

    private static List<Integer> row(Samples samples, int row) {
        Instances instances = samples.instances();
        return List.of(instances.users()[row], instances.items()[row], instances.positions()[row]);
    }

    @Test
    void withoutHeldOutUsersNothingIsCopied() {
        assertThat(HeldOutFilter.apply(new boolean[0], world.data().log(), all)).isSameAs(all);
        assertThat(rows(HeldOutFilter.apply(new boolean[40], world.data().log(), all)))
                .isEqualTo(rows(all));
    }

    @Test
    void refusesToRemoveEverySample() {
        boolean[] everybody = new boolean[40];
        Arrays.fill(everybody, true);
        Samples last = HeldOutFilter.apply(new boolean[0], world.data().log(), lastOf(0));
        assertThatThrownBy(() -> HeldOutFilter.apply(everybody, world.data().log(), last))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hold out every training sample")
                .hasMessageContaining("plan.heldOut.share");
    }

    private Samples lastOf(int user) {
        int position = world.data().log().length(user) - 1;
        return new Samples(
                new Instances(new int[4], new int[] {world.data().log().item(user, position), 1, 2, 3}, new int[] {
                    position, position, position, position
                }),
                3);
    }

    @Test
    void whereRowsHaveLabelsPositivesOfTheLastTimeGoTogether() {
        // Three positives, of which the last two were taken at one time.
        InteractionLog log = InteractionLog.of(new int[] {0, 3}, new int[] {5, 6, 7}, new long[] {10, 20, 20});
        Instances rows = new Instances(new int[5], new int[] {5, 8, 6, 7, 9}, new int[] {0, 0, 1, 1, 3});
        Samples labelled = new Samples(rows, new Labels.Given(new byte[] {1, 0, 1, 1, 0}, new int[] {0, 2, 4, 5}));

        Samples kept = HeldOutFilter.apply(new boolean[] {true}, log, labelled);

        // The last row is later: the held-out positive is in its history.
        assertThat(kept.instances().items()).containsExactly(5, 8);
        assertThat(kept.lists().count()).isEqualTo(1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Samples;
import org.sllmr.training.World;

class SparsityTest {
    private final World world = World.small(3);

    @Test
    void coldUsersHaveFewTrainingInteractions() {
        Sparsity sparsity = Sparsity.of(world.data(), SparsitySettings.defaults());
        int cold = 0;
        for (int user = 0; user < world.data().log().users(); user++) {
            assertThat(sparsity.cold(user)).isEqualTo(world.data().log().length(user) <= 3);
            cold += sparsity.cold(user) ? 1 : 0;
        }
        assertThat(cold).isBetween(1, world.data().log().users() - 1);
    }

    @Test
    void tailIsTheBottomFifthByTrainingPositives() {
        Samples training = world.data().training();
        int[] popularity = new int[world.data().catalogue().size()];
        for (int row = 0; row < training.size(); row += training.groupSize()) {
            popularity[training.instances().items()[row]]++;
        }
        List<Integer> rising = IntStream.range(0, popularity.length)
                .boxed()
                .sorted(Comparator.comparing(item -> popularity[item]))
                .toList();
        Sparsity sparsity = Sparsity.of(world.data(), SparsitySettings.defaults());
        for (int place = 0; place < popularity.length; place++) {
            assertThat(sparsity.tail(rising.get(place))).isEqualTo(place < popularity.length / 5);
        }
    }

    @Test
    void sharesOfZeroAndOneSelectNoItemsAndAll() {
        Sparsity none = Sparsity.of(world.data(), new SparsitySettings(0, 0));
        Sparsity all = Sparsity.of(world.data(), new SparsitySettings(1_000, 1));
        for (int item = 0; item < world.data().catalogue().size(); item++) {
            assertThat(none.tail(item)).isFalse();
            assertThat(all.tail(item)).isTrue();
        }
        assertThat(none.cold(0)).isFalse();
        assertThat(all.cold(0)).isTrue();
    }
}

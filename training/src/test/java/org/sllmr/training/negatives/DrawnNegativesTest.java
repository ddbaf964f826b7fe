// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.negatives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.Seen;
import org.sllmr.data.TrainingData;
import org.sllmr.training.World;

class DrawnNegativesTest {
    private static final TrainingData DATA = World.of(40, 30, 2, new Seed(3)).data();

    @Test
    void positivesStayAndNegativesAreNotFromTraining() {
        for (int perPositive : new int[] {1, 3}) {
            Samples samples = new DrawnNegatives(perPositive).samples(DATA, new Seed(5));
            Samples stored = DATA.training();
            assertThat(samples.groupSize()).isEqualTo(1 + perPositive);
            assertThat(samples.positives()).isEqualTo(stored.positives());
            Instances rows = samples.instances();
            for (int row = 0; row < rows.size(); row++) {
                int storedRow = row / (1 + perPositive) * stored.groupSize();
                assertThat(rows.users()[row]).isEqualTo(stored.instances().users()[storedRow]);
                assertThat(rows.positions()[row]).isEqualTo(stored.instances().positions()[storedRow]);
                if (samples.label(row) == 1) {
                    assertThat(rows.items()[row]).isEqualTo(stored.instances().items()[storedRow]);
                } else {
                    assertThat(touched(rows.users()[row])).doesNotContain(rows.items()[row]);
                }
            }
        }
    }

    @Test
    void firstInteractionsArePositivesIfWanted() {
        Samples samples = new DrawnNegatives(2, false, true).samples(DATA, new Seed(5));
        InteractionLog log = DATA.log();
        List<List<Integer>> expected = new ArrayList<>();
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                expected.add(List.of(user, log.item(user, position), position));
            }
        }
        List<List<Integer>> found = new ArrayList<>();
        Instances rows = samples.instances();
        for (int row = 0; row < rows.size(); row++) {
            if (samples.label(row) == 1) {
                found.add(List.of(rows.users()[row], rows.items()[row], rows.positions()[row]));
            } else {
                assertThat(touched(rows.users()[row])).doesNotContain(rows.items()[row]);
                assertThat(rows.positions()[row]).isEqualTo(rows.positions()[row - 1]);
            }
        }
        assertThat(found).isEqualTo(expected);
        assertThat(found).hasSizeGreaterThan(DATA.training().positives());
    }

    @Test
    void everyOtherItemIsDrawnEquallyOften() {
        int user = DATA.training().instances().users()[0];
        int[] drawn = new int[DATA.catalogue().size()];
        int draws = 0;
        for (int epoch = 0; epoch < 400; epoch++) {
            Samples samples = new DrawnNegatives(4).samples(DATA, new Seed(9).child(epoch));
            for (int row = 0; samples.instances().users()[row] == user; row++) {
                if (samples.label(row) == 0) {
                    drawn[samples.instances().items()[row]]++;
                    draws++;
                }
            }
        }
        long untouched = drawn.length - Arrays.stream(touched(user)).distinct().count();
        double expected = (double) draws / untouched;
        double chiSquare = 0;
        for (int item = 0; item < drawn.length; item++) {
            int wanted = item;
            if (Arrays.stream(touched(user)).noneMatch(other -> other == wanted)) {
                chiSquare += (drawn[item] - expected) * (drawn[item] - expected) / expected;
            } else {
                assertThat(drawn[item]).isZero();
            }
        }
        // Mean k and standard deviation sqrt(2 k) for k degrees of freedom.
        double freedom = untouched - 1;
        assertThat(chiSquare).isLessThan(freedom + 5 * Math.sqrt(2 * freedom));
    }

    @Test
    void itemsThatNobodyTookCanBeLeftAlone() {
        TrainingData data = World.of(8, 300, 1, new Seed(4)).data();
        boolean[] seen = Seen.of(data).items();
        // Items that the log lacks, as those that come to the catalogue later.
        assertThat(seen).contains(false);
        int unseenByDefault = 0;
        for (int epoch = 0; epoch < 20; epoch++) {
            Samples known = new DrawnNegatives(3, true).samples(data, new Seed(epoch));
            Samples all = new DrawnNegatives(3).samples(data, new Seed(epoch));
            for (int row = 0; row < known.size(); row++) {
                int user = known.instances().users()[row];
                int item = known.instances().items()[row];
                assertThat(seen[item]).isTrue();
                if (known.label(row) == 0) {
                    assertThat(touched(data, user)).doesNotContain(item);
                }
                unseenByDefault += seen[all.instances().items()[row]] ? 0 : 1;
            }
        }
        assertThat(unseenByDefault).isPositive();
    }

    @Test
    void anEpochsSeedDecidesItsNegatives() {
        DrawnNegatives settings = DrawnNegatives.defaults();
        int[] first = settings.samples(DATA, new Seed(1)).instances().items();
        assertThat(settings.samples(DATA, new Seed(1)).instances().items()).isEqualTo(first);
        assertThat(settings.samples(DATA, new Seed(2)).instances().items()).isNotEqualTo(first);
    }

    @Test
    void storedNegativesAreTheDatasetsOwn() {
        assertThat(new StoredNegatives().samples(DATA, new Seed(1))).isSameAs(DATA.training());
    }

    private static int[] touched(int user) {
        return touched(DATA, user);
    }

    private static int[] touched(TrainingData data, int user) {
        int[] items = new int[data.log().length(user)];
        data.log().copyItems(user, 0, items.length, items, 0);
        return items;
    }
}

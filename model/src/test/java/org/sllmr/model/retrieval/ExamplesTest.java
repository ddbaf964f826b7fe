// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.RandomWorld;

class ExamplesTest {
    private static final int HISTORY = 4;
    private static final RandomWorld WORLD = new RandomWorld(8, 50, 40, 10);
    private static final TrainingData DATA = WORLD.data;
    private static final VectorColumn VECTORS = DATA.catalogue().vectors().get(0);

    private static double[] unit(double[] vector) {
        double length = Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
        return length == 0 ? vector : Arrays.stream(vector).map(v -> v / length).toArray();
    }

    private static double[] item(int item) {
        return unit(IntStream.range(0, VECTORS.width())
                .mapToDouble(d -> VECTORS.values()[item * VECTORS.width() + d])
                .toArray());
    }

    private static double[] history(InteractionLog log, int user, int position) {
        double[] sum = new double[VECTORS.width()];
        for (int at = Math.max(0, position - HISTORY); at < position; at++) {
            double[] vector = item(log.item(user, at));
            for (int d = 0; d < sum.length; d++) {
                sum[d] += vector[d];
            }
        }
        return unit(sum);
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(d -> x[d] * y[d]).sum();
    }

    private static double similarity(Instances rows, int row, Instances others, int other) {
        InteractionLog log = DATA.log();
        return 0.5
                        * dot(
                                history(log, rows.users()[row], rows.positions()[row]),
                                history(log, others.users()[other], others.positions()[other]))
                + 0.5 * dot(item(rows.items()[row]), item(others.items()[other]));
    }

    private static int[] everyExample(Examples examples) {
        return IntStream.range(0, examples.size()).toArray();
    }

    @Test
    void examplesAreTheMostAlikeOfEachLabelThatAreAllowed() {
        Examples examples = Examples.of(DATA, VECTORS, 0.4, HISTORY);
        Instances pool = examples.samples(everyExample(examples));
        Instances rows = DATA.training().instances();
        int[] found = examples.of(DATA.log(), rows, 0, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            int[] own = Arrays.copyOfRange(found, row * 4, row * 4 + 4);
            for (int label = 0; label < 2; label++) {
                int wanted = label;
                int[] of = Arrays.stream(own)
                        .filter(example -> examples.label(example) == wanted)
                        .toArray();
                assertThat(of).hasSize(2).doesNotHaveDuplicates();
                double worst = Math.min(similarity(rows, row, pool, of[0]), similarity(rows, row, pool, of[1]));
                for (int example = 0; example < examples.size(); example++) {
                    boolean allowed = pool.users()[example] != rows.users()[row]
                            || pool.positions()[example] < rows.positions()[row];
                    if (allowed && examples.label(example) == label && example != of[0] && example != of[1]) {
                        assertThat(similarity(rows, row, pool, example)).isLessThan(worst + 1e-5);
                    }
                }
            }
        }
    }

    /** With every sample in the pool, a row's own label is always there to be found. */
    @Test
    void noRowFindsItselfItsNegativesOrLaterSamplesOfItsUser() {
        Examples examples = Examples.of(DATA, VECTORS, 1, HISTORY);
        assertThat(examples.size()).isEqualTo(DATA.training().size());
        Instances rows = DATA.training().instances();
        Instances found = examples.samples(examples.of(DATA.log(), rows, 0, rows.size()));
        int sameUser = 0;
        for (int i = 0; i < found.size(); i++) {
            int row = i / Examples.PER_ROW;
            if (found.users()[i] == rows.users()[row]) {
                assertThat(found.positions()[i]).isLessThan(rows.positions()[row]);
                sameUser++;
            }
        }
        assertThat(sameUser).isPositive();
    }

    @Test
    void whatIsNotKnownYetIsNeverFound() {
        Examples all = Examples.of(DATA, VECTORS, 0.6, HISTORY);
        IntUnaryOperator known = user -> user % 3 == 0 ? 0 : user % 3 == 1 ? 2 : Integer.MAX_VALUE;
        Instances rows = DATA.training().instances();
        Instances before = all.samples(all.of(DATA.log(), rows, 0, rows.size()));
        Examples some = all.knowing(known);
        Instances found = some.samples(some.of(DATA.log(), rows, 0, rows.size()));
        int lost = 0;
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.users()[i]).isNotNegative();
            assertThat(found.positions()[i]).isLessThan(known.applyAsInt(found.users()[i]));
            lost += before.positions()[i] >= known.applyAsInt(before.users()[i]) ? 1 : 0;
        }
        assertThat(lost).isPositive();
        // Numbers of samples stay, and the pool that knows all is as it was.
        assertThat(some.size()).isEqualTo(all.size());
        assertThat(all.knowing(user -> Integer.MAX_VALUE)).isSameAs(all);
        assertThat(all.samples(all.of(DATA.log(), rows, 0, rows.size())).items())
                .isEqualTo(before.items());
    }

    @Test
    void examplesOfARowDependOnNothingElse() {
        Instances rows = WORLD.instances(DATA.log(), 90, true);
        int[] together = Examples.of(DATA, VECTORS, 0.3, HISTORY).of(DATA.log(), rows, 0, 90);
        Examples again = Examples.of(DATA, VECTORS, 0.3, HISTORY);
        int[] order = IntStream.range(0, 90).map(i -> 89 - i).toArray();
        Instances reversed = rows.select(order);
        for (int from = 0; from < 90; from += 7) {
            int to = Math.min(90, from + 7);
            int[] some = again.of(DATA.log(), reversed, from, to);
            for (int row = from; row < to; row++) {
                assertThat(Arrays.copyOfRange(some, (row - from) * 4, (row - from) * 4 + 4))
                        .isEqualTo(Arrays.copyOfRange(together, order[row] * 4, order[row] * 4 + 4));
            }
        }
        assertThat(again.of(DATA.log(), rows, 0, 90)).isEqualTo(together);
        int[] firsts = IntStream.range(0, 90).map(row -> together[4 * row]).toArray();
        assertThat(Arrays.stream(firsts).map(again::label).sum()).isBetween(20, 70);
    }

    @Test
    void whatBelongsTogetherIsChosenTogether() {
        Examples examples = Examples.of(DATA, VECTORS, 0.25, HISTORY);
        Instances pool = examples.samples(everyExample(examples));
        assertThat(examples.size()).isEqualTo((DATA.training().size() / 2 + 3) / 4 * 2);
        BitSet users = new BitSet();
        for (int example = 0; example < examples.size(); example += 2) {
            assertThat(examples.label(example)).isEqualTo(1);
            assertThat(examples.label(example + 1)).isZero();
            assertThat(pool.users()[example]).isEqualTo(pool.users()[example + 1]);
            assertThat(pool.positions()[example]).isEqualTo(pool.positions()[example + 1]);
            users.set(pool.users()[example]);
        }
        assertThat(users.cardinality()).isGreaterThan(10);
        assertThatThrownBy(() -> Examples.of(DATA, VECTORS, 0.001, HISTORY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("augmentation.pool");
    }

    @Test
    void unknownUsersAndItemsFindSomethingToo() {
        Examples examples = Examples.of(DATA, VECTORS, 0.3, HISTORY);
        int[] found = examples.of(
                DATA.log(), new Instances(new int[] {-1, 900}, new int[] {-1, 5000}, new int[] {0, 3}), 0, 2);
        assertThat(found).hasSize(8);
        assertThat(Arrays.stream(found).allMatch(example -> example >= 0)).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.gate.TasteWorld;

/** On data in which users take items with probability proportional to popularity times e^taste. */
class GainForecastTest {
    private static final TasteWorld WORLD = new TasteWorld(6);

    @Test
    void aTeacherThatKnowsMoreIsForecastToGainMore() {
        GainForecast knowing = forecast(WORLD.teacher(WORLD::taste));
        GainForecast half =
                forecast(WORLD.teacher((user, item) -> WORLD.taste(user, item) / 2 + TasteWorld.noise(user, item)));
        assertThat(knowing.gain()).isGreaterThan(half.gain() + 2 * half.error());
        assertThat(half.gain()).isGreaterThan(2 * half.error());
        assertThat(knowing.without()).isCloseTo(half.without(), within(1e-9));
    }

    @Test
    void aTeacherWithoutInformationIsForecastToGainNothing() {
        GainForecast shuffled = forecast(WORLD.teacher(WORLD::taste).shuffled(new Seed(3)));
        assertThat(shuffled.use().anywhere()).isFalse();
        assertThat(shuffled.gain()).isZero();
    }

    @Test
    void withoutHeldOutUsersThereIsNone() {
        TeacherTable table = WORLD.teacher(WORLD::taste);
        TeacherTable nobody =
                new TeacherTable(table.offsets(), table.items(), table.scores(), new boolean[table.users()]);
        assertThat(GainForecast.of(WORLD.trainingData(), nobody)).isEmpty();
    }

    @Test
    void neighboursAgreeWithTheDefinition() {
        TrainingData data = WORLD.trainingData();
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        Comparisons comparisons = Comparisons.of(data, teacher).ofUsers(40);
        float[] scores = new Neighbours(data, teacher.heldOut()).score(comparisons.rows());
        assertThat(scores.length).isBetween(40, 40 * 11);
        InteractionLog log = data.log();
        for (int row = 0; row < scores.length; row += 7) {
            int user = comparisons.rows().users()[row];
            int item = comparisons.rows().items()[row];
            double sum = 0;
            for (int position = 0; position < log.length(user) - 1; position++) {
                Set<Integer> both = takers(log, teacher, item);
                Set<Integer> others = takers(log, teacher, log.item(user, position));
                double norm = Math.sqrt((double) both.size() * others.size());
                both.retainAll(others);
                both.remove(user);
                sum += norm == 0 ? 0 : both.size() / norm;
            }
            assertThat((double) scores[row]).as("row %d", row).isCloseTo(Math.log1p(sum), within(1e-5));
        }
    }

    private static Set<Integer> takers(InteractionLog log, TeacherTable teacher, int item) {
        Set<Integer> takers = new HashSet<>();
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user) - (teacher.heldOut()[user] ? 1 : 0); position++) {
                if (log.item(user, position) == item) {
                    takers.add(user);
                }
            }
        }
        return takers;
    }

    private static GainForecast forecast(TeacherTable teacher) {
        return GainForecast.of(WORLD.trainingData(), teacher).orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.model.Scorer;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.World;
import org.sllmr.training.signal.SignalReader;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.signal.SparsitySettings;
import org.sllmr.training.signal.Uncertainty;

class CalibratedGateTest {
    private static final TasteWorld WORLD = new TasteWorld(6);
    private static final Scorer KNOWS_POPULARITY = TasteWorld.model((user, item) -> 0);

    private static TasteWorld.Means open(TeacherTable teacher, Scorer model) {
        Gate gate = CalibratedGateSettings.defaults().create(WORLD.context(teacher));
        return WORLD.open(gate, teacher, model);
    }

    @Test
    void opensWhereTheTeacherKnowsAndClosesWhereItGuesses() {
        TeacherTable teacher = WORLD.teacher(
                (user, item) -> TasteWorld.tail(item) ? WORLD.taste(user, item) : TasteWorld.noise(user, item));
        for (Scorer model : List.of(KNOWS_POPULARITY, (Scorer) (log, rows) -> new float[rows.size()])) {
            TasteWorld.Means gates = open(teacher, model);
            assertThat(gates.tail()).as("%s", gates).isGreaterThan(0.15);
            assertThat(gates.popular()).as("%s", gates).isLessThan(gates.tail() / 4);
        }
    }

    @Test
    void staysClosedForATeacherWithoutInformation() {
        TasteWorld.Means knowing = open(WORLD.teacher(WORLD::taste), KNOWS_POPULARITY);
        assertThat(knowing.all()).as("%s", knowing).isGreaterThan(0.1);
        for (Scorer model : List.of(
                KNOWS_POPULARITY, TasteWorld.model(WORLD::taste), (Scorer) (log, rows) -> new float[rows.size()])) {
            TasteWorld.Means guessing = open(WORLD.teacher(TasteWorld::noise), model);
            // The fit errs by chance: seven weights of noise, from 1,500 users.
            assertThat(guessing.all()).as("%s", guessing).isLessThan(knowing.all() / 4);
        }
    }

    @Test
    void staysClosedForAShuffledTeacher() {
        TeacherTable shuffled = WORLD.teacher(WORLD::taste).shuffled(new Seed(3));
        TasteWorld.Means gates = open(shuffled, KNOWS_POPULARITY);
        assertThat(gates.all()).as("%s", gates).isLessThan(0.02);
    }

    @Test
    void closesAsTheModelLearnsWhatTheTeacherKnows() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        Gate gate = CalibratedGateSettings.defaults().create(WORLD.context(teacher));
        double before = 1;
        // The model's tastes are the teacher's plus noise that fades from epoch to epoch.
        for (double known : new double[] {0, 0.5, 0.8, 0.9, 1}) {
            Scorer model = TasteWorld.model(
                    (user, item) -> known * WORLD.taste(user, item) + (1 - known) * TasteWorld.noise(user, item));
            double now = WORLD.open(gate, teacher, model).all();
            assertThat(now).as("gate at %s", known).isLessThan(before);
            before = now;
        }
        assertThat(before).isLessThan(0.01);
    }

    /**
     * The teacher knows every taste, but its scores of every second user differ by a twentieth of the others'
     * differences.
     */
    @Test
    void opensForUsersWithSimilarScores() {
        TeacherTable teacher = WORLD.teacher((user, item) -> WORLD.taste(user, item) / (user % 2 == 0 ? 1 : 20));
        Gate gate = CalibratedGateSettings.defaults().create(WORLD.context(teacher));
        WORLD.open(gate, teacher, KNOWS_POPULARITY);
        TasteWorld.Means wide = WORLD.means(gate, teacher, user -> user % 2 == 0);
        TasteWorld.Means narrow = WORLD.means(gate, teacher, user -> user % 2 == 1);
        assertThat(wide.all()).as("%s", wide).isGreaterThan(0.1);
        assertThat(narrow.all()).as("%s, %s", narrow, wide).isGreaterThan(wide.all() / 2);
    }

    @Test
    void ignoresTheJointLossAndHasNoState() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        Gate gate = CalibratedGateSettings.defaults().create(WORLD.context(teacher));
        TasteWorld.Means before = WORLD.open(gate, teacher, KNOWS_POPULARITY);
        gate.learn(new float[] {1e6f, 1e6f});
        assertThat(WORLD.open(gate, teacher, KNOWS_POPULARITY)).isEqualTo(before);
        assertThat(gate.state()).isEmpty();
        assertThat(gate.holdsOut()).isTrue();
        GateReport report = gate.report();
        assertThat(report.parameters()).hasSize(17).anySatisfy(parameter -> {
            assertThat(parameter.name()).isEqualTo("teacher");
            assertThat(parameter.value()).isNotZero();
        });
        assertThat(report.regions()).isNotEmpty();
    }

    @Test
    void reportsEverythingThatItCannotLearnFrom() {
        World world = World.small(1);
        SignalReader signals = new SignalReader(
                world.data(), new SignalSettings(SparsitySettings.defaults(), Uncertainty.DROPOUT_VARIANCE, 3));
        assertThatThrownBy(() -> CalibratedGateSettings.defaults()
                        .create(new GateContext(world.data(), nobodyHeldOut(world), signals)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("guidance.signals.uncertainty: is dropout-variance")
                .hasMessageContaining("allowed are confidence and entropy")
                .hasMessageContaining("hold 0 comparisons of held-out users")
                .hasMessageContaining("at least 100")
                .hasMessageContaining("plan.heldOut.share");
    }

    private static TeacherTable nobodyHeldOut(World world) {
        return new TeacherTable(new int[world.teacher().users() + 1], new int[0], new float[0]);
    }
}

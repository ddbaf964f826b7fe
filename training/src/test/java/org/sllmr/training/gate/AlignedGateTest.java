// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.model.Scorer;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.World;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Lookahead;
import org.sllmr.training.signal.SignalReader;
import org.sllmr.training.signal.SignalSettings;

class AlignedGateTest {
    private static final TasteWorld WORLD = new TasteWorld(6);

    /** Popularity plus an opinion, with learnable weights for tail items and for the others. */
    private record OpinionModel(TasteWorld.Opinion opinion, double tailWeight, double popularWeight)
            implements Scorer, Lookahead {
        private static final double RATE = 0.1;

        private double weight(int item) {
            return TasteWorld.tail(item) ? tailWeight : popularWeight;
        }

        @Override
        public float[] score(InteractionLog log, Instances rows) {
            return TasteWorld.model((user, item) -> weight(item) * opinion.of(user, item))
                    .score(log, rows);
        }

        @Override
        public float[] scoreAfter(Instances trained, UnaryOperator<float[]> gradient, Instances asked) {
            float[] derivatives = gradient.apply(score(null, trained));
            double tail = 0;
            double popular = 0;
            for (int row = 0; row < derivatives.length; row++) {
                int item = trained.items()[row];
                double slope = derivatives[row] * opinion.of(trained.users()[row], item);
                tail += TasteWorld.tail(item) ? slope : 0;
                popular += TasteWorld.tail(item) ? 0 : slope;
            }
            return new OpinionModel(opinion, tailWeight - RATE * tail, popularWeight - RATE * popular)
                    .score(null, asked);
        }
    }

    private static Gate fitted(TeacherTable teacher, OpinionModel model) {
        Gate gate = AlignedGateSettings.defaults().create(WORLD.context(teacher));
        gate.beforeEpoch(new EpochStart(1, model, model, new Seed(1)));
        return gate;
    }

    @Test
    void opensWhereLearningFromThePairHelpsOnHeldOutInteractions() {
        TasteWorld.Opinion opinion =
                (user, item) -> TasteWorld.tail(item) ? WORLD.taste(user, item) : TasteWorld.noise(user, item);
        TeacherTable teacher = WORLD.teacher(opinion);
        TasteWorld.Means gates = WORLD.means(fitted(teacher, new OpinionModel(opinion, 0, 0)), teacher);
        assertThat(gates.tail()).as("%s", gates).isGreaterThan(0.3);
        assertThat(gates.popular()).as("%s", gates).isLessThan(gates.tail() / 4);
    }

    @Test
    void staysNearlyClosedWhereHeldOutBatchesDisagree() {
        TeacherTable teacher = WORLD.teacher(TasteWorld::noise);
        TasteWorld.Means gates = WORLD.means(fitted(teacher, new OpinionModel(TasteWorld::noise, 0, 0)), teacher);
        assertThat(gates.all()).as("%s", gates).isLessThan(0.2);
    }

    @Test
    void closesWhereTheModelAlreadyFollowsTheTeacherTooFar() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        TasteWorld.Means below = WORLD.means(fitted(teacher, new OpinionModel(WORLD::taste, 0, 0)), teacher);
        TasteWorld.Means beyond = WORLD.means(fitted(teacher, new OpinionModel(WORLD::taste, 3, 3)), teacher);
        assertThat(below.popular()).as("%s", below).isGreaterThan(0.4);
        assertThat(beyond.all()).as("%s", beyond).isLessThan(0.05);
    }

    @Test
    void theSameSeedGivesTheSameGate() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        OpinionModel model = new OpinionModel(WORLD::taste, 0, 0);
        assertThat(WORLD.means(fitted(teacher, model), teacher))
                .isEqualTo(WORLD.means(fitted(teacher, model), teacher));
    }

    @Test
    void reportsWhatIsMissing() {
        World world = World.small(1);
        SignalReader signals = new SignalReader(world.data(), SignalSettings.defaults());
        TeacherTable nobody = new TeacherTable(new int[world.teacher().users() + 1], new int[0], new float[0]);
        assertThatThrownBy(() -> AlignedGateSettings.defaults().create(new GateContext(world.data(), nobody, signals)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("an aligned gate needs at least 100")
                .hasMessageContaining("plan.heldOut.share");
    }
}

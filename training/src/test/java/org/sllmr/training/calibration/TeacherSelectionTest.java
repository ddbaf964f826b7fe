// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.model.Scorer;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.gate.TasteWorld;

/** On data in which users take items with probability proportional to popularity times e^taste. */
class TeacherSelectionTest {
    private static final TasteWorld WORLD = new TasteWorld(6);
    private static final Scorer KNOWS_POPULARITY = TasteWorld.model((user, item) -> 0);

    private static Preference fit(TeacherTable teacher, Scorer model, TeacherTerms terms) {
        Comparisons comparisons = Comparisons.of(WORLD.trainingData(), teacher);
        float[] logits = model.score(WORLD.trainingData().log(), comparisons.rows());
        return Preference.fit(WORLD.trainingData(), comparisons, logits, 1, terms, NewItems.UNPOPULAR);
    }

    private static TeacherUse use(TeacherTable teacher) {
        return fit(teacher, KNOWS_POPULARITY, TeacherTerms.WHERE_THEY_ADD).use().orElseThrow();
    }

    private static TeacherTable teacher(ToDoubleBiFunction<Integer, Integer> scores) {
        return WORLD.teacher(scores::applyAsDouble);
    }

    private static List<Stratum> usedItems(TeacherUse use) {
        return use.strata().stream()
                .filter(part -> part.used() && part.stratum().ofItems())
                .map(TeacherUse.StratumUse::stratum)
                .toList();
    }

    @Test
    void aTeacherThatKnowsIsUsedEverywhere() {
        TeacherTable knowing = WORLD.teacher(WORLD::taste);
        TeacherUse use = use(knowing);
        assertThat(use.strata()).allMatch(TeacherUse.StratumUse::used);
        assertThat(use.overall().gain()).isGreaterThan(10 * use.overall().error());
        // The same weights as without a choice.
        assertThat(fit(knowing, KNOWS_POPULARITY, TeacherTerms.WHERE_THEY_ADD).weights())
                .containsExactly(
                        fit(knowing, KNOWS_POPULARITY, TeacherTerms.EVERYWHERE).weights());
    }

    @Test
    void aTeacherWithoutInformationIsNotUsed() {
        TeacherTable knowing = WORLD.teacher(WORLD::taste);
        for (long seed = 1; seed <= 5; seed++) {
            TeacherTable shuffled = knowing.shuffled(new Seed(seed));
            Preference fitted = fit(shuffled, KNOWS_POPULARITY, TeacherTerms.WHERE_THEY_ADD);
            assertThat(fitted.use().orElseThrow().anywhere())
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(fitted.weights())
                    .containsExactly(
                            fit(shuffled, KNOWS_POPULARITY, TeacherTerms.NONE).weights());
            assertThat(fitted.use().orElseThrow().sentence())
                    .contains("adds nothing")
                    .endsWith("not used");
        }
    }

    @Test
    void aTeacherThatRepeatsTheModelIsNotUsed() {
        Scorer everything = TasteWorld.model(WORLD::taste);
        TeacherUse use = fit(WORLD.teacher(WORLD::taste), everything, TeacherTerms.WHERE_THEY_ADD)
                .use()
                .orElseThrow();
        assertThat(use.anywhere()).isFalse();
    }

    @Test
    void aTeacherThatGuessesAboutRareItemsIsNotUsedForThem() {
        TeacherUse use = use(teacher(
                (user, item) -> TasteWorld.tail(item) ? TasteWorld.noise(user, item) : WORLD.taste(user, item)));
        assertThat(use.anywhere()).isTrue();
        assertThat(usedItems(use)).isNotEmpty().doesNotContain(Stratum.LONG_TAIL);
        assertThat(use.sentence()).contains("not used for long-tail items");
    }

    @Test
    void whereTheTeacherIsNotUsedTheOrderIsThatOfModelAndPopularity() {
        Preference fitted = fit(
                teacher((user, item) -> TasteWorld.tail(item) ? TasteWorld.noise(user, item) : WORLD.taste(user, item)),
                KNOWS_POPULARITY,
                TeacherTerms.WHERE_THEY_ADD);
        int[] tail =
                IntStream.range(0, TasteWorld.ITEMS).filter(fitted::longTail).toArray();
        assertThat(tail).isNotEmpty();
        for (int item : tail) {
            assertThat(fitted.odds(0, item, 0.9f, 1)).isEqualTo(fitted.odds(0, item, 0.1f, 1));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.model.Scorer;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.gate.TasteWorld;

/** On data in which users take items with probability proportional to popularity times e^taste. */
class PreferenceTest {
    private static final TasteWorld WORLD = new TasteWorld(6);
    private static final Scorer KNOWS_POPULARITY = TasteWorld.model((user, item) -> 0);

    private static Preference fit(TeacherTable teacher, Scorer model, boolean withTeacher) {
        Comparisons comparisons = Comparisons.of(WORLD.trainingData(), teacher);
        float[] logits = model.score(WORLD.trainingData().log(), comparisons.rows());
        return Preference.fit(
                WORLD.trainingData(),
                comparisons,
                logits,
                1,
                withTeacher ? TeacherTerms.EVERYWHERE : TeacherTerms.NONE,
                NewItems.UNPOPULAR);
    }

    /** Mean cross entropy against the true preference probabilities, over users who are not held out. */
    private static double crossEntropy(Preference preference, TeacherTable teacher, Scorer model) {
        double sum = 0;
        int pairs = 0;
        for (int user = TasteWorld.HELD_OUT; user < teacher.users(); user++) {
            for (int i = teacher.from(user); i < teacher.to(user); i++) {
                for (int j = i + 1; j < teacher.to(user); j++) {
                    double odds = odds(preference, teacher, model, user, i) - odds(preference, teacher, model, user, j);
                    double truth =
                            Logistic.sigmoid(trueOdds(user, teacher.items()[i]) - trueOdds(user, teacher.items()[j]));
                    sum += Logistic.crossEntropy(odds, truth);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double odds(Preference preference, TeacherTable teacher, Scorer model, int user, int index) {
        int item = teacher.items()[index];
        Instances row = new Instances(new int[] {user}, new int[] {item}, new int[] {4});
        float logit = model.score(WORLD.trainingData().log(), row)[0];
        return preference.odds(user, item, teacher.scores()[index], logit);
    }

    private static double trueOdds(int user, int item) {
        return Math.log(TasteWorld.tail(item) ? 1 : 20) + WORLD.taste(user, item);
    }

    @Test
    void approachesTheTruthIfModelAndTeacherTogetherHoldIt() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        double with = crossEntropy(fit(teacher, KNOWS_POPULARITY, true), teacher, KNOWS_POPULARITY);
        double without = crossEntropy(fit(teacher, KNOWS_POPULARITY, false), teacher, KNOWS_POPULARITY);
        Scorer everything = TasteWorld.model(WORLD::taste);
        double best = crossEntropy(fit(teacher, everything, true), teacher, everything);
        assertThat(with)
                .as("with %.4f, best %.4f, without %.4f", with, best, without)
                .isLessThan(best + 0.02);
        assertThat(without).isGreaterThan(with + 0.05);
    }

    @Test
    void aTeacherWithoutInformationGetsNoWeight() {
        TeacherTable knowing = WORLD.teacher(WORLD::taste);
        double whatItIsWorth = spread(fit(knowing, KNOWS_POPULARITY, true));
        for (TeacherTable guessing :
                new TeacherTable[] {WORLD.teacher(TasteWorld::noise), knowing.shuffled(new Seed(3))}) {
            double spread = spread(fit(guessing, KNOWS_POPULARITY, true));
            assertThat(spread).as("of %.3f", whatItIsWorth).isLessThan(whatItIsWorth / 10);
        }
    }

    @Test
    void aTeacherThatRepeatsTheModelAddsNothing() {
        Scorer everything = TasteWorld.model(WORLD::taste);
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        double with = crossEntropy(fit(teacher, everything, true), teacher, everything);
        double without = crossEntropy(fit(teacher, everything, false), teacher, everything);
        assertThat(with).isCloseTo(without, within(0.005));
    }

    @Test
    void anOverconfidentModelIsScaledDown() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        Scorer everything = TasteWorld.model(WORLD::taste);
        Scorer overconfident = (log, rows) -> {
            float[] logits = everything.score(log, rows);
            for (int row = 0; row < logits.length; row++) {
                logits[row] *= 3;
            }
            return logits;
        };
        Preference modest = fit(teacher, everything, false);
        Preference loud = fit(teacher, overconfident, false);
        assertThat(loud.names().get(0)).isEqualTo("model");
        // Logits are clipped at 15, so the weight is not exactly a third.
        assertThat(loud.weights()[0]).isCloseTo(modest.weights()[0] / 3, within(0.02));
    }

    @Test
    void namesItsWeights() {
        TeacherTable teacher = WORLD.teacher(WORLD::taste);
        assertThat(fit(teacher, KNOWS_POPULARITY, true).names())
                .containsExactly("model", "popularity", "popularity square", "teacher", "teacher square");
        assertThat(fit(teacher, KNOWS_POPULARITY, false).names())
                .containsExactly("model", "popularity", "popularity square");
    }

    /** Largest difference in log-odds that the teacher's score alone makes. */
    private static double spread(Preference preference) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float score = 0.1f; score < 0.95f; score += 0.1f) {
            double odds = preference.odds(0, 0, score, 0);
            least = Math.min(least, odds);
            most = Math.max(most, odds);
        }
        return most - least;
    }
}

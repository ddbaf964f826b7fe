// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.NumericInputs;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.teacher.TeacherSpread;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.signal.Signals;

class ComparisonsTest {
    /**
     * User 0 took 3, 1, 5, is held out, and the table scores 5. User 1 took 2, 4, 2 and is not held out, whatever the table
     * scores. User 2 took 0, 6 and is held out, but no score of 6 came back. User 3 took one item only. User 4 took 6, 0, is
     * held out, and nothing is compared with it.
     */
    private static final InteractionLog LOG =
            InteractionLog.of(new int[] {0, 3, 6, 8, 9, 11}, new int[] {3, 1, 5, 2, 4, 2, 0, 6, 1, 6, 0}, new long[11]);

    private static final TeacherTable TEACHER = new TeacherTable(
            new int[] {0, 3, 5, 6, 7, 8},
            new int[] {2, 5, 6, 0, 2, 3, 1, 0},
            new float[] {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f},
            new boolean[] {true, false, true, false, true});

    private static final TrainingData DATA = data();

    private static TrainingData data() {
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        return new TrainingData(
                "by hand",
                "hash",
                LOG,
                new Catalogue(numbers(7), List.of(), List.of()),
                numbers(5),
                List.of(),
                List.of(),
                none,
                none);
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }

    @Test
    void compareTheItemTakenWithTheOthers() {
        Comparisons comparisons = Comparisons.of(DATA, TEACHER);
        assertThat(comparisons.rows().users()).containsExactly(0, 0, 0, 4);
        assertThat(comparisons.rows().items()).containsExactly(5, 2, 6, 0);
        assertThat(comparisons.rows().positions()).as("before the item taken").containsExactly(2, 2, 2, 1);
        assertThat(comparisons.scores()).containsExactly(0.2f, 0.1f, 0.3f, 0.8f);
        assertThat(comparisons.taken()).containsExactly(0, 0, 0, 3);
        assertThat(comparisons.size()).isEqualTo(2);
    }

    @Test
    void eachPositiveOfACalibrationListIsComparedWithItsNegatives() {
        // User 1 took 4 and 0 of the candidates 4, 6, 0, 3; the table scores 0, 3 and 6 only. User 3 took none.
        TeacherTable teacher = new TeacherTable(
                new int[] {0, 0, 3, 3, 4, 4}, new int[] {0, 3, 6, 1}, new float[] {0.2f, 0.4f, 0.8f, 0.1f});
        Samples lists = new Samples(
                new Instances(new int[] {1, 1, 1, 1, 3}, new int[] {4, 6, 0, 3, 1}, new int[] {3, 3, 3, 3, 1}),
                new Labels.Given(new byte[] {1, 0, 1, 0, 0}, new int[] {0, 4, 5}));
        TrainingData data = new TrainingData(
                DATA.name(),
                DATA.hash(),
                LOG,
                DATA.catalogue(),
                DATA.userIds(),
                List.of(),
                List.of(),
                DATA.training(),
                DATA.validation(),
                Optional.of(lists),
                NumericInputs.NONE);

        Comparisons comparisons = Comparisons.of(data, teacher);

        assertThat(comparisons.rows().users()).containsExactly(1, 1, 1);
        assertThat(comparisons.rows().items()).containsExactly(0, 6, 3);
        assertThat(comparisons.rows().positions()).containsExactly(3, 3, 3);
        assertThat(comparisons.scores()).containsExactly(0.2f, 0.8f, 0.4f);
        assertThat(comparisons.taken()).containsExactly(0, 0, 0);
        assertThat(comparisons.trained()).isZero();
        assertThat(comparisons.logPopularity(data)[0])
                .as("training has the item once, by another user, and it is not held out of it")
                .isEqualTo(Comparisons.of(DATA, teacher).logPopularity(DATA)[0])
                .isEqualTo(StrictMath.log1p(Popularity.of(data).positives(0)));
        assertThat(comparisons.ofSeenItems(data).rows().items())
                .as("3 is no training positive")
                .containsExactly(0, 6);
        assertThat(comparisons.ofSeenItems(data).scores()).containsExactly(0.2f, 0.8f);
    }

    /** 5 and 0 are held out, and nobody else took them; 3 is only the first interaction of a user. */
    @Test
    void newItemsMayCountAsAverage() {
        Comparisons comparisons = Comparisons.of(DATA, TEACHER);
        double one = StrictMath.log1p(1);
        assertThat(comparisons.logPopularity(DATA, NewItems.UNPOPULAR)).containsExactly(0, one, one, 0, one, 0, one);
        assertThat(comparisons.logPopularity(DATA, NewItems.AVERAGE))
                .containsExactly(0, one, one, 4 * one / 6, one, 0, one);
        assertThat(comparisons.ofSeenItems(DATA).rows().size()).isZero();
    }

    @Test
    void withoutListsAPositiveIsComparedWithTheNearestNegativesOfItsUser() {
        // User 1: rows 0 to 5, of which 1 and 4 are positives and 5 has no score. User 2 has negatives only.
        Samples rows = new Samples(
                new Instances(
                        new int[] {1, 1, 1, 1, 1, 1, 2}, new int[] {4, 6, 0, 3, 1, 2, 6}, new int[] {0, 0, 1, 1, 1, 2, 0
                        }),
                new Labels.Given(new byte[] {0, 1, 0, 0, 1, 0, 0}, new int[0]));
        float[] scores = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, Float.NaN, 0.7f};

        Comparisons.OfLists compared = Comparisons.ofLists(rows, scores);

        assertThat(compared.rows()).containsExactly(1, 0, 2, 4, 3);
        assertThat(compared.comparisons().taken()).containsExactly(0, 0, 0, 3, 3);
        assertThat(compared.comparisons().scores()).containsExactly(0.2f, 0.1f, 0.3f, 0.5f, 0.4f);
        assertThat(compared.comparisons().size()).isEqualTo(3);
    }

    @Test
    void aTableWithoutHeldOutUsersGivesNone() {
        TeacherTable other = new TeacherTable(new int[] {0, 1, 1, 1, 1, 1}, new int[] {6}, new float[] {1});
        assertThat(Comparisons.of(DATA, other).size()).isZero();
        assertThat(Comparisons.of(DATA, other).rows().size()).isZero();
    }

    @Test
    void featuresFollowTheFormulaAndAreAntisymmetric() {
        // Positives: 1 and 5 of user 0, 4 and 2 of user 1, 6 of user 2, 0 of user 4; those of 5 and 0 are compared.
        PairFeatures features = new PairFeatures(
                DATA, Comparisons.of(DATA, TEACHER), new TeacherSpread(new double[] {0.2, 0, 0, 0, 0}));
        Instances rows = new Instances(new int[] {0, 0}, new int[] {1, 5}, new int[] {3, 3});
        Signals signals = new Signals(new float[] {1, 1}, new float[] {0, 1}, new float[] {0.2f, 0.6f});
        double[] forth = new double[PairFeatures.NAMES.size()];
        features.read(rows, new float[] {0.9f, 0.4f}, new float[] {2, 5}, signals, 0, 1, forth);
        double one = Math.log(2);
        double[] places = {1, 1, 0.5, 0.4, Math.log(4), one / 2, one};
        for (int place = 0; place < places.length; place++) {
            assertThat(forth[place]).isCloseTo(0.5 * places[place], within(1e-6));
            assertThat(forth[PairFeatures.TEACHER_FEATURES + place]).isCloseTo(-3 * places[place], within(1e-6));
        }
        assertThat(forth[places.length]).as("square").isCloseTo(0.9 * 0.9 - 0.4 * 0.4, within(1e-6));
        assertThat(forth[places.length + 1]).as("relative").isCloseTo(0.5 / 0.2, within(1e-6));
        assertThat(forth[forth.length - 1]).as("popularity 1 and 0").isCloseTo(one, within(1e-12));
        double[] back = new double[forth.length];
        features.read(rows, new float[] {0.9f, 0.4f}, new float[] {2, 5}, signals, 1, 0, back);
        for (int feature = 0; feature < forth.length; feature++) {
            assertThat(back[feature]).isEqualTo(-forth[feature]);
        }
        features.read(rows, new float[2], new float[] {0, 1e9f}, signals, 1, 0, back);
        assertThat(back[PairFeatures.TEACHER_FEATURES])
                .as("one logit decides nothing")
                .isEqualTo(10);
    }

    @Test
    void theTeachersAdditionIsAntisymmetric() {
        Comparisons comparisons = Comparisons.of(DATA, TEACHER);
        Reliability reliability = new Reliability(DATA, comparisons, TeacherSpread.of(TEACHER), 0.1);
        RandomGenerator random = new Seed(2).generator();
        float[] logits = new float[comparisons.scores().length];
        float[] zeros = new float[logits.length];
        for (int row = 0; row < logits.length; row++) {
            logits[row] = (float) random.nextGaussian();
        }
        Signals signals = new Signals(zeros, zeros, zeros);
        Instances rows = comparisons.rows();
        assertThat(reliability.added(rows, comparisons.scores(), logits, signals, 0, 1))
                .as("before the fit")
                .isZero();
        reliability.fit(logits, signals);
        double forth = reliability.added(rows, comparisons.scores(), logits, signals, 0, 1);
        assertThat(forth).isNotZero().isBetween(-1.0, 1.0);
        assertThat(reliability.added(rows, comparisons.scores(), logits, signals, 1, 0))
                .isCloseTo(-forth, within(1e-12));
        assertThat(reliability.weights()).hasSameSizeAs(Reliability.NAMES.toArray());
    }
}

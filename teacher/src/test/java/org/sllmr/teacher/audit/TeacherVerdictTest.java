// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.Slice;
import org.sllmr.teacher.audit.TeacherVerdict.Standing;

class TeacherVerdictTest {
    private static final int ITEMS = 200;

    /** Positives score higher than negatives by {@code gap} standard deviations, on average. */
    @ParameterizedTest
    @CsvSource({
        "2.0, BETTER_THAN_POPULARITY",
        "0.3, WORSE_THAN_POPULARITY",
        "0.0, NO_BETTER_THAN_CHANCE",
        "-1.0, INVERTED"
    })
    void theStandingFollowsTheAuc(double gap, Standing standing) {
        long seed = 7;
        TrainingData data = data(2000, seed);
        TeacherVerdict verdict =
                TeacherVerdict.of(scores(data, gap, seed), data).orElseThrow();
        assertThat(verdict.standing()).as(verdict.toString()).isEqualTo(standing);
        assertThat(verdict.all().popularity()).isBetween(0.62, 0.71);
    }

    @Test
    void aTeacherThatScoresPopularityIsAsGoodAsPopularity() {
        TrainingData data = data(500, 3);
        TeacherVerdict verdict =
                TeacherVerdict.of(TeacherAudit.popularity(data), data).orElseThrow();
        assertThat(verdict.standing()).isEqualTo(Standing.AS_GOOD_AS_POPULARITY);
        assertThat(verdict.all().differenceError()).isZero();
        assertThat(verdict.betterIn()).isEmpty();
    }

    @Test
    void aWeakTeacherIsStillBetterOnLongTailItems() {
        TrainingData data = data(2000, 11);
        TeacherVerdict verdict = TeacherVerdict.of(scores(data, 0.4, 11), data).orElseThrow();
        assertThat(verdict.standing()).isEqualTo(Standing.WORSE_THAN_POPULARITY);
        assertThat(verdict.betterIn())
                .extracting(TeacherVerdict.Comparison::slice)
                .contains(Slice.LONG_TAIL_PAIRS);
    }

    @Test
    void fewSamplesAreNotSignificant() {
        TrainingData data = data(6, 5);
        TeacherVerdict verdict = TeacherVerdict.of(scores(data, 0.3, 5), data).orElseThrow();
        assertThat(verdict.standing()).isEqualTo(Standing.NO_BETTER_THAN_CHANCE);
        assertThat(verdict.betterIn()).isEmpty();
    }

    @Test
    void thereIsNoVerdictWithoutScores() {
        TrainingData data = data(20, 5);
        float[] none = new float[data.validation().samples().size()];
        Arrays.fill(none, Float.NaN);
        assertThat(TeacherVerdict.of(none, data)).isEmpty();
    }

    /** The standard deviation of the AUC over many draws equals the estimated standard error. */
    @Test
    void theStandardErrorAgreesWithManyDraws() {
        int draws = 300;
        double[] aucs = new double[draws];
        double estimated = 0;
        for (int draw = 0; draw < draws; draw++) {
            TrainingData data = data(150, 1000 + draw);
            float[] scores = scores(data, 0.8, 1000 + draw);
            int[] rows = IntStream.range(0, scores.length).toArray();
            Placements placements = Placements.of(scores, data.validation().samples(), rows);
            aucs[draw] = placements.auc();
            estimated += placements.standardError() / draws;
            assertThat(placements.auc())
                    .isCloseTo(Auc.of(scores, data.validation().samples(), rows).orElseThrow(), within(1e-9));
        }
        double mean = IntStream.range(0, draws).mapToDouble(draw -> aucs[draw]).sum() / draws;
        double variance = IntStream.range(0, draws)
                        .mapToDouble(draw -> (aucs[draw] - mean) * (aucs[draw] - mean))
                        .sum()
                / (draws - 1);
        assertThat(estimated)
                .as(String.format(Locale.ROOT, "estimated %.4f, found %.4f", estimated, Math.sqrt(variance)))
                .isCloseTo(Math.sqrt(variance), within(0.15 * estimated));
    }

    private static float[] scores(TrainingData data, double gap, long seed) {
        RandomGenerator random = new Seed(seed).child("scores").generator();
        float[] scores = new float[data.validation().samples().size()];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = (float)
                    (random.nextGaussian() + gap * data.validation().samples().label(row));
        }
        return scores;
    }

    /** Positives are drawn by popularity, negatives uniformly. */
    private static TrainingData data(int users, long seed) {
        RandomGenerator random = new Seed(seed).child("data").generator();
        int[] offsets = new int[users + 1];
        int[] items = new int[8 * users];
        int[] rowUsers = new int[2 * users];
        int[] rowItems = new int[2 * users];
        int[] positions = new int[2 * users];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = 8 * (user + 1);
            for (int at = 8 * user; at < 8 * user + 8; at++) {
                items[at] = popular(random);
            }
            rowUsers[2 * user] = user;
            rowUsers[2 * user + 1] = user;
            rowItems[2 * user] = popular(random);
            rowItems[2 * user + 1] = random.nextInt(ITEMS);
            positions[2 * user] = 6;
            positions[2 * user + 1] = 6;
        }
        Samples validation = new Samples(new Instances(rowUsers, rowItems, positions), 1);
        return new TrainingData(
                "drawn",
                "hash",
                InteractionLog.of(offsets, items, new long[items.length]).withholdLast(2),
                new Catalogue(numbers(ITEMS), List.of(), List.of()),
                numbers(users),
                List.of(),
                List.of(),
                validation,
                validation);
    }

    /** With probability proportional to its number, so that popularity has an AUC of 2/3. */
    private static int popular(RandomGenerator random) {
        return Math.max(random.nextInt(ITEMS), random.nextInt(ITEMS));
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.data.ProgressListener;

class AgreementTest {
    private final DiagnosisFixture world = new DiagnosisFixture(11);

    @Test
    void aRunThatCopiesTheTeacherInOneRegionLearnsAllOfItsPairsThere() {
        float[] teacher = world.scorer(0.8, 0.8);
        float[] without = world.scorer(0.6, 0.6);
        List<Agreement> all = agreement(teacher, DiagnosisFixture.copying(teacher, without), without);
        assertThat(all)
                .extracting(Agreement::part)
                .containsExactly(
                        "all samples",
                        "cold user, tail item",
                        "cold user, head item",
                        "warm user, tail item",
                        "warm user, head item");
        Agreement taught = all.get(1);
        assertThat(taught.group(CorrectBy.TEACHER_ALONE).right()).hasValue(1);
        assertThat(taught.group(CorrectBy.BOTH).right()).hasValue(1);
        assertThat(taught.group(CorrectBy.MODEL_ALONE).right()).hasValue(0);
        assertThat(taught.group(CorrectBy.NEITHER).right()).hasValue(0);
        for (Agreement.Effect effect :
                List.of(taught.learned().orElseThrow(), taught.misled().orElseThrow())) {
            assertThat(effect.oddsRatio()).isGreaterThan(100);
            // All or nothing: bootstrap draws of users have no spread.
            assertThat(effect.interval()).isEmpty();
        }
        for (Agreement untouched : all.subList(2, 5)) {
            assertThat(untouched.group(CorrectBy.TEACHER_ALONE).right()).hasValue(0);
            assertThat(untouched.group(CorrectBy.MODEL_ALONE).right()).hasValue(1);
            assertThat(untouched.learned()).isEmpty();
            assertThat(untouched.misled()).isEmpty();
        }
        // A quarter of the pairs of the teacher alone are in the region.
        assertThat(all.get(0).group(CorrectBy.TEACHER_ALONE).right().orElseThrow())
                .isBetween(0.18, 0.32);
        assertThat(all.get(0).group(CorrectBy.NEITHER).right()).hasValue(0);
    }

    @Test
    void contributionsOfTheGroupsSumToTheDifferenceOfTheRuns() {
        float[] teacher = world.scorer(0.75, 0.7);
        float[] without = world.scorer(0.6, 0.8);
        float[] run = world.scorer(0.7, 0.75);
        Agreement all = agreement(teacher, run, without).get(0);
        assertThat(all.groups().stream().mapToDouble(Agreement.Group::adds).sum())
                .isCloseTo(DiagnosisFixture.right(run) - DiagnosisFixture.right(without), within(1e-12));
        assertThat(all.groups().stream().mapToDouble(Agreement.Group::share).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(all.groups().stream().mapToInt(Agreement.Group::pairs).sum()).isEqualTo(DiagnosisFixture.USERS);
        int teacherAlone = 0;
        int ofThem = 0;
        for (int user = 0; user < DiagnosisFixture.USERS; user++) {
            if (teacher[2 * user] > teacher[2 * user + 1] && without[2 * user] < without[2 * user + 1]) {
                teacherAlone++;
                ofThem += run[2 * user] > run[2 * user + 1] ? 1 : 0;
            }
        }
        Agreement.Group group = all.group(CorrectBy.TEACHER_ALONE);
        assertThat(group.pairs()).isEqualTo(teacherAlone);
        assertThat(group.right().orElseThrow()).isCloseTo(ofThem / (double) teacherAlone, within(1e-12));
        assertThat(group.interval().orElseThrow().lower())
                .isLessThan(group.right().getAsDouble());
        assertThat(group.interval().orElseThrow().upper())
                .isGreaterThan(group.right().getAsDouble());
    }

    /** It corrects half of the pairs of the teacher alone, and half of those of neither. */
    @Test
    void aRunThatChangesAtRandomHasLearnedNothing() {
        float[] without = world.scorer(0.6, 0.6);
        Agreement all = agreement(world.scorer(0.8, 0.8), world.flipped(without), without)
                .get(0);
        assertThat(all.group(CorrectBy.TEACHER_ALONE).right().orElseThrow()).isBetween(0.42, 0.58);
        for (Agreement.Effect effect :
                List.of(all.learned().orElseThrow(), all.misled().orElseThrow())) {
            assertThat(effect.interval().orElseThrow().lower()).isLessThan(1);
            assertThat(effect.interval().orElseThrow().upper()).isGreaterThan(1);
            assertThat(effect.oddsRatio()).isBetween(0.7, 1.4);
        }
    }

    /** It corrects three quarters of the pairs of the teacher alone, and a quarter of those of neither. */
    @Test
    void theOddsRatioIsThatOfTheFourCounts() {
        float[] teacher = world.scorer(0.5, 0.5);
        float[] without = world.scorer(0, 0);
        float[] run = without.clone();
        double[] right = new double[2];
        int[] all = new int[2];
        for (int user = 0; user < DiagnosisFixture.USERS; user++) {
            int known = teacher[2 * user] > teacher[2 * user + 1] ? 1 : 0;
            boolean corrected = user / 4 % 4 < (known == 1 ? 3 : 1);
            if (corrected) {
                run[2 * user] = without[2 * user + 1];
                run[2 * user + 1] = without[2 * user];
            }
            right[known] += corrected ? 1 : 0;
            all[known]++;
        }
        Agreement.Effect learned =
                agreement(teacher, run, without).get(0).learned().orElseThrow();
        assertThat(learned.oddsRatio())
                .isCloseTo(
                        (right[1] + 0.5) / (all[1] - right[1] + 0.5) * (all[0] - right[0] + 0.5) / (right[0] + 0.5),
                        within(1e-9))
                .isBetween(7.0, 12.0);
        assertThat(learned.interval().orElseThrow().lower()).isBetween(5.0, learned.oddsRatio());
        assertThat(learned.interval().orElseThrow().upper()).isBetween(learned.oddsRatio(), 16.0);
    }

    @Test
    void tiedAndUnscoredPairsAreLeftOutAndCounted() {
        float[] teacher = DiagnosisFixture.withoutSomeUsers(world.scorer(0.8, 0.8));
        float[] without = world.scorer(0.6, 0.6);
        float[] run = without.clone();
        for (int user = 1; user < DiagnosisFixture.USERS; user += 10) {
            teacher[2 * user] = teacher[2 * user + 1];
            without[2 * (user + 1)] = without[2 * (user + 1) + 1];
            run[2 * (user + 2)] = run[2 * (user + 2) + 1];
        }
        Agreement all = agreement(teacher, run, without).get(0);
        assertThat(all.unscored()).isEqualTo(DiagnosisFixture.USERS / 10);
        assertThat(all.tied()).isEqualTo(2 * DiagnosisFixture.USERS / 10);
        assertThat(all.pairs()).isEqualTo(7 * DiagnosisFixture.USERS / 10);
        // One pair in seven is tied by the run, which counts one half.
        assertThat(all.group(CorrectBy.BOTH).right().orElseThrow()).isBetween(0.9, 0.96);
        assertThat(all.group(CorrectBy.NEITHER).right().orElseThrow()).isBetween(0.03, 0.12);
    }

    private static List<Agreement> agreement(float[] teacher, float[] run, float[] without) {
        return Agreement.of(
                DiagnosisFixture.scored(teacher, run, without), DiagnosisFixture.slices(), ProgressListener.NONE);
    }
}

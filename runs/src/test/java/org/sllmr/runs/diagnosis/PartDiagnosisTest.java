// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Verdict;

class PartDiagnosisTest {
    private static final String TAUGHT = "cold user, tail item";
    private final DiagnosisFixture world = new DiagnosisFixture(7);

    @Test
    void copyingAGoodTeacherInOneRegionHelpsOnlyThere() {
        float[] teacher = world.scorer(0.85, 0.5);
        float[] without = world.scorer(0.6, 0.7);
        List<PartDiagnosis> parts =
                judged(DiagnosisFixture.scored(teacher, DiagnosisFixture.copying(teacher, without), without));
        PartDiagnosis taught = part(parts, "user and positive", TAUGHT);
        assertThat(taught.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(taught.run()).isEqualTo(taught.teacher());
        assertThat(taught.samples()).isEqualTo(2 * DiagnosisFixture.USERS / 4);
        assertThat(taught.difference().orElseThrow().difference())
                .isCloseTo(taught.run().getAsDouble() - taught.without().getAsDouble(), within(1e-12))
                .isGreaterThan(0.15);
        assertThat(taught.difference().orElseThrow().interval().lower()).isPositive();
        for (String other : List.of("cold user, head item", "warm user, tail item", "warm user, head item")) {
            PartDiagnosis untouched = part(parts, "user and positive", other);
            assertThat(untouched.verdict()).isEqualTo(Verdict.NOT_SIGNIFICANT);
            assertThat(untouched.run()).isEqualTo(untouched.without());
            assertThat(untouched.difference().orElseThrow().pValue().value()).isEqualTo(1);
        }
        // Cold users have histories of 3, warm ones of 6.
        assertThat(part(parts, "history length", "0-3").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(part(parts, "history length", "6-10").verdict()).isEqualTo(Verdict.NOT_SIGNIFICANT);
        assertThat(part(parts, "all", "all samples").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(parts.get(0).by()).isEqualTo("all");
    }

    @Test
    void copyingABadTeacherInOneRegionHurtsThere() {
        float[] teacher = world.scorer(0.4, 0.9);
        float[] without = world.scorer(0.65, 0.65);
        List<PartDiagnosis> parts =
                judged(DiagnosisFixture.scored(teacher, DiagnosisFixture.copying(teacher, without), without));
        assertThat(part(parts, "user and positive", TAUGHT).verdict()).isEqualTo(Verdict.WORSE);
        assertThat(part(parts, "user and positive", "warm user, head item").verdict())
                .isEqualTo(Verdict.NOT_SIGNIFICANT);
    }

    @Test
    void anEquallyGoodModelShowsNoDifference() {
        float[] without = world.scorer(0.65, 0.65);
        List<PartDiagnosis> parts =
                judged(DiagnosisFixture.scored(world.scorer(0.8, 0.8), world.scorer(0.65, 0.65), without));
        assertThat(parts)
                .allSatisfy(part -> assertThat(part.verdict())
                        .isEqualTo(part.difference().isPresent() ? Verdict.NOT_SIGNIFICANT : Verdict.NOT_TESTED));
        // Some part differs by chance; the correction accounts for the number of parts.
        List<Difference> all =
                parts.stream().flatMap(part -> part.difference().stream()).toList();
        double smallest =
                all.stream().mapToDouble(one -> one.pValue().value()).min().orElseThrow();
        assertThat(all.stream().mapToDouble(one -> one.corrected().value()).min())
                .as("one family, whatever parts are made by")
                .hasValue(Math.min(1, all.size() * smallest));
        assertThat(parts.stream()
                        .mapToDouble(part -> part.difference()
                                .map(one -> one.pValue().value())
                                .orElse(1.0))
                        .min()
                        .orElseThrow())
                .isLessThan(0.3);
    }

    @Test
    void theTeacherIsEvaluatedWhereItHasScoresAndTheRunsEverywhere() {
        float[] teacher = DiagnosisFixture.withoutSomeUsers(world.scorer(0.8, 0.8));
        List<PartDiagnosis> parts =
                judged(DiagnosisFixture.scored(teacher, world.scorer(0.7, 0.7), world.scorer(0.7, 0.7)));
        assertThat(parts.get(0).samples()).isEqualTo(2 * DiagnosisFixture.USERS);
        assertThat(parts.get(0).scored()).isEqualTo(2 * DiagnosisFixture.USERS * 9 / 10);
        assertThat(parts.get(0).teacher().orElseThrow()).isBetween(0.75, 0.9);
        List<PartDiagnosis> certainty =
                parts.stream().filter(part -> part.by().startsWith("certainty")).toList();
        assertThat(certainty).hasSize(10).allMatch(part -> part.samples() == part.scored());
        assertThat(certainty.stream().mapToInt(PartDiagnosis::samples).sum())
                .isEqualTo(parts.get(0).scored());
        for (PartDiagnosis mute :
                judged(DiagnosisFixture.scored(noScores(), world.scorer(0.7, 0.7), world.scorer(0.7, 0.7)))) {
            assertThat(mute.teacher()).isEmpty();
            assertThat(mute.scored()).isZero();
            // All negatives are popular.
            assertThat(mute.run().isPresent()).isEqualTo(!mute.part().equals("long-tail"));
        }
    }

    @Test
    void withoutAnotherRunNothingIsCompared() {
        ScoredSamples alone = new ScoredSamples(
                DiagnosisFixture.data().validation().samples(),
                world.scorer(0.8, 0.8),
                world.scorer(0.7, 0.7),
                Optional.empty());
        assertThat(judged(alone)).allSatisfy(part -> {
            assertThat(part.verdict()).isEqualTo(Verdict.NOT_TESTED);
            assertThat(part.difference()).isEmpty();
            assertThat(part.without()).isEmpty();
        });
        assertThat(Agreement.of(alone, DiagnosisFixture.slices(), ProgressListener.NONE))
                .isEmpty();
    }

    @Test
    void fewUsersAreNotTested() {
        Instances rows =
                DiagnosisFixture.data().validation().samples().instances().slice(0, 2 * 20);
        float[] right = new float[40];
        float[] wrong = new float[40];
        for (int row = 0; row < 40; row++) {
            right[row] = 1 - row % 2;
            wrong[row] = row % 2;
        }
        ScoredSamples few = new ScoredSamples(new Samples(rows, 1), right, right, Optional.of(wrong));
        assertThat(judged(few)).allSatisfy(part -> {
            assertThat(part.verdict()).isEqualTo(Verdict.NOT_TESTED);
            assertThat(part.difference()).isEmpty();
        });
    }

    private static float[] noScores() {
        float[] scores = new float[2 * DiagnosisFixture.USERS];
        Arrays.fill(scores, Float.NaN);
        return scores;
    }

    private static List<PartDiagnosis> judged(ScoredSamples scored) {
        return PartDiagnosis.of(scored, DiagnosisFixture.slices(), DiagnosisFixture.data(), ProgressListener.NONE);
    }

    private static PartDiagnosis part(List<PartDiagnosis> parts, String by, String part) {
        return parts.stream()
                .filter(one -> one.by().equals(by) && one.part().equals(part))
                .findFirst()
                .orElseThrow();
    }
}

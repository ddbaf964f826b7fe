// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.evaluation.Slice;

class TeacherAuditTest {
    /**
     * Three users: two with 2 training interactions (cold), one with 4. Of ten items, 0 is a training positive four times,
     * 1 once, the others never; so the long tail is 2 and 3. Validation positives are 0, 2 and 1, negatives 1, 0 and 3.
     */
    private static final TrainingData DATA = data();

    @Test
    void bothAreEvaluatedOnCompletelyScoredGroups() {
        List<TeacherAudit> audits = TeacherAudit.of(new float[] {0.9f, 0.1f, 0.8f, 0.3f, Float.NaN, 0.5f}, DATA);
        assertThat(audits)
                .extracting(TeacherAudit::slice)
                .containsExactly(
                        Slice.ALL,
                        Slice.COLD,
                        Slice.WARM,
                        Slice.LONG_TAIL,
                        Slice.HEAD,
                        Slice.LONG_TAIL_PAIRS,
                        Slice.HEAD_PAIRS,
                        Slice.NEW_ITEMS,
                        Slice.NEW_ITEM_PAIRS);
        TeacherAudit all = audits.get(0);
        assertThat(all.samples()).isEqualTo(4);
        assertThat(all.unscored()).isEqualTo(2);
        assertThat(all.teacher()).hasValue(1);
        // Popularity of positives 4 and 0, of negatives 1 and 4: one win, one tie, two losses.
        assertThat(all.popularity()).hasValue(1.5 / 4);
        TeacherAudit warm = audits.get(Slice.WARM.ordinal());
        assertThat(warm.samples()).isZero();
        assertThat(warm.unscored()).isEqualTo(2);
        assertThat(warm.teacher()).isEmpty();
        TeacherAudit tail = audits.get(Slice.LONG_TAIL_PAIRS.ordinal());
        assertThat(tail.samples()).isEqualTo(2);
        assertThat(tail.teacher()).hasValue(1);
        assertThat(tail.popularity()).hasValue(0);
    }

    @Test
    void aConstantTeacherHasAnAucOfOneHalf() {
        for (TeacherAudit audit : TeacherAudit.of(new float[6], DATA)) {
            if (audit.teacher().isPresent()) {
                assertThat(audit.teacher()).hasValue(0.5);
            }
        }
    }

    private static TrainingData data() {
        InteractionLog log = InteractionLog.of(new int[] {0, 2, 4, 8}, new int[] {4, 0, 5, 0, 6, 0, 1, 0}, new long[8]);
        Samples validation = new Samples(
                new Instances(new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 1, 2, 0, 1, 3}, new int[] {2, 2, 2, 2, 4, 4}),
                1);
        return new TrainingData(
                "tiny",
                "hash",
                log,
                new Catalogue(numbers(10), List.of(), List.of()),
                numbers(3),
                List.of(),
                List.of(),
                validation,
                validation);
    }

    private static Vocabulary numbers(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }
}

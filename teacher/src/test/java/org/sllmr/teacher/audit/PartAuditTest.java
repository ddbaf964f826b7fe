// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;

class PartAuditTest {
    /** Item 0 has 4 training positives, item 1 has 1; validation: user 0 likes 0, user 1 likes 2, user 2 likes 1. */
    private static final TrainingData DATA = data();

    @Test
    void groupsAreDividedByTheirPositive() {
        List<PartAudit> audits = PartAudit.of(new float[] {0.9f, 0.1f, 0.2f, 0.8f, Float.NaN, 0.5f}, DATA);
        assertThat(audits.stream().map(audit -> audit.by() + ": " + audit.part()))
                .containsExactly(
                        "history: 0-3",
                        "history: 4-5",
                        "popularity: 0",
                        "popularity: 1-2",
                        "popularity: 3-9",
                        "kind: b",
                        "kind: c");
        assertThat(audits.get(0).samples()).isEqualTo(4);
        assertThat(audits.get(0).teacher()).hasValue(0.75);
        assertThat(audits.get(1).samples()).isZero();
        assertThat(audits.get(1).unscored()).isEqualTo(2);
        assertThat(audits.get(1).teacher()).isEmpty();
        assertThat(audits.get(2).teacher()).hasValue(0);
        assertThat(audits.get(2).popularity()).hasValue(0);
        assertThat(audits.get(4).teacher()).hasValue(1);
        assertThat(audits.get(5).unscored()).isEqualTo(2);
        assertThat(audits.get(6).samples()).isEqualTo(2);
        assertThat(audits.get(6).teacher()).hasValue(0);
    }

    private static TrainingData data() {
        InteractionLog log = InteractionLog.of(new int[] {0, 2, 4, 8}, new int[] {4, 0, 5, 0, 6, 0, 1, 0}, new long[8]);
        Samples validation = new Samples(
                new Instances(new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 1, 2, 0, 1, 3}, new int[] {2, 2, 2, 2, 4, 4}),
                1);
        int[] offsets = IntStream.rangeClosed(0, 10).map(item -> 2 * item).toArray();
        int[] values = IntStream.range(0, 20)
                .map(index -> index % 2 == 0 ? 0 : 1 + (index / 2) % 2)
                .map(value -> value == 1 ? 2 : value == 2 ? 1 : 0)
                .toArray();
        values[1] = 0;
        return new TrainingData(
                "tiny",
                "hash",
                log,
                new Catalogue(
                        numbers(10),
                        List.of(
                                Column.single("brand", new Vocabulary(List.of("x")), new int[10]),
                                new Column("kind", new Vocabulary(List.of("a", "b", "c")), offsets, values)),
                        List.of()),
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

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.Worlds;

class CatalogueComparisonTest {
    /** Catalogues that fill their last tile, or not; any number of dimensions. */
    @ParameterizedTest
    @CsvSource({"512, 24, 1, AFFINE", "700, 13, 3, CLIPPED", "3, 6, 2, AFFINE", "256, 1, 1, CLIPPED"})
    void hasTheBitsOfTheTeacher(int items, int dimension, int nearest, CosineScale scale) {
        Embeddings embeddings = Worlds.embeddings(items, dimension, 4);
        InteractionLog log = Worlds.log(40, items, 0, 14, 4);
        EmbeddingTeacher teacher =
                new EmbeddingTeacher(embeddings, "hash", new EmbeddingTeacherSettings(List.of(), 9, nearest, scale));
        CatalogueComparison comparison = new CatalogueComparison(teacher);
        int[] all = IntStream.range(0, items).toArray();
        for (int user = 0; user < log.users(); user++) {
            int[] history = Worlds.history(log, user, 9);
            float[] expected = new float[items];
            teacher.score(history, history.length, all, 0, items, expected);
            assertThat(comparison.scores(history, history.length, Deadline.NONE))
                    .isEqualTo(expected);
        }
        assertThat(comparison.scores(new int[0], 0, Deadline.NONE)).containsOnly(Teacher.NO_SCORE);
    }

    @Test
    void endsAtItsDeadline() {
        EmbeddingTeacher teacher =
                new EmbeddingTeacher(Worlds.embeddings(300, 5, 1), "hash", EmbeddingTeacherSettings.defaults());
        assertThatThrownBy(() ->
                        new CatalogueComparison(teacher).scores(new int[] {1, 2, 3}, 3, Deadline.when(() -> true)))
                .isInstanceOf(TooLateException.class);
    }
}

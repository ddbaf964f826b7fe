// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.TrainingData;
import org.sllmr.data.VectorColumn;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.blend.BlendedItems;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/**
 * What a bundle's scores are blended with.
 *
 * @param items what the formula knows of the items
 * @param teacher the teacher
 * @param texts the vectors that it compares, by which it knows new items too
 */
public record BundleBlend(BlendedItems items, PairTeacher teacher, Optional<VectorColumn> texts) {
    /** Name of vectors that the model itself does not read. */
    private static final String TEXTS = "teacher's texts";

    private static final String OFFSETS = "teacher.offsets";
    private static final String ITEMS = "teacher.items";
    private static final String SCORES = "teacher.scores";

    /** Adds the columns of a blend to those of items and users, and describes it. */
    static Manifest.Blend write(BlendSource source, TrainingData data, NamedColumns items, NamedColumns users) {
        Optional<Manifest.Texts> texts = Optional.empty();
        if (source.teacher() instanceof PairTeacher.Vectors of) {
            texts = Optional.of(texts(of.teacher(), source.origin(), data, items));
        } else if (source.teacher() instanceof PairTeacher.Scores of) {
            users.put(OFFSETS, of.table().offsets());
            users.put(ITEMS, of.table().items());
            users.put(SCORES, of.table().scores());
        }
        return new Manifest.Blend(source.name(), source.formula(), texts);
    }

    private static Manifest.Texts texts(
            EmbeddingTeacher teacher, String origin, TrainingData data, NamedColumns items) {
        float[] values = teacher.embeddings().values();
        // The model may read the same vectors.
        Optional<VectorColumn> known = data.catalogue().vectors().stream()
                .filter(column -> column.origin().equals(origin) && Arrays.equals(column.values(), values))
                .findFirst();
        if (known.isEmpty()) {
            items.put(DataColumns.VECTOR + TEXTS, values);
        }
        EmbeddingTeacherSettings settings = EmbeddingTeacherSettings.of(teacher.settings());
        return new Manifest.Texts(
                new Manifest.Vectors(
                        known.map(VectorColumn::name).orElse(TEXTS),
                        teacher.embeddings().dimension(),
                        origin),
                settings.historyLength(),
                settings.nearest(),
                settings.scale());
    }

    static BundleBlend read(
            Manifest.Blend blend, NamedColumns items, NamedColumns users, int[] positives, boolean[] longTail) {
        BlendedItems blended = new BlendedItems(blend.formula(), positives, longTail);
        if (blend.texts().isEmpty()) {
            PairTeacher teacher = users.has(OFFSETS)
                    ? new PairTeacher.Scores(
                            new TeacherTable(users.ints(OFFSETS), users.ints(ITEMS), users.floats(SCORES)))
                    : new PairTeacher.Nobody();
            return new BundleBlend(blended, teacher, Optional.empty());
        }
        Manifest.Vectors named = blend.texts().get().vectors();
        VectorColumn texts = new VectorColumn(
                named.name(), named.width(), items.floats(DataColumns.VECTOR + named.name()), named.origin());
        return new BundleBlend(
                blended,
                new PairTeacher.Vectors(
                        teacher(texts.width(), texts.values(), blend.texts().get())),
                Optional.of(texts));
    }

    private static EmbeddingTeacher teacher(int width, float[] values, Manifest.Texts texts) {
        return new EmbeddingTeacher(
                embeddings(width, values),
                "",
                new EmbeddingTeacherSettings(List.of(), texts.historyLength(), texts.nearest(), texts.scale()));
    }

    /** Vectors, of which those without any value stand for items without text. */
    static Embeddings embeddings(int width, float[] values) {
        boolean[] present = new boolean[values.length / width];
        for (int item = 0; item < present.length; item++) {
            for (int d = 0; d < width && !present[item]; d++) {
                present[item] = values[item * width + d] != 0;
            }
        }
        return new Embeddings(width, present, values);
    }
}

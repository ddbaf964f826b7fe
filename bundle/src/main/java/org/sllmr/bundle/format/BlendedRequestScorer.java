// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.CatalogueComparison;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;

/** Blends a model's scores with the bits of the run that was blended. */
final class BlendedRequestScorer implements RequestScorer {
    private final RequestScorer model;
    private final BundleBlend blend;
    private final int items;
    /** Of a teacher that compares vectors, where there is the memory. */
    private final Optional<CatalogueComparison> comparison;

    /**
     * A scorer.
     *
     * @param items number of items of the catalogue
     * @param keptBytes memory for what makes the teacher's answers faster
     */
    BlendedRequestScorer(RequestScorer model, BundleBlend blend, int items, long keptBytes) {
        this(
                model,
                blend,
                items,
                blend.teacher() instanceof PairTeacher.Vectors vectors
                                && CatalogueComparison.bytes(vectors.teacher()) <= keptBytes
                        ? Optional.of(new CatalogueComparison(vectors.teacher()))
                        : Optional.empty());
    }

    private BlendedRequestScorer(
            RequestScorer model, BundleBlend blend, int items, Optional<CatalogueComparison> comparison) {
        this.model = model;
        this.blend = blend;
        this.items = items;
        this.comparison = comparison;
    }

    @Override
    public RequestScorer inCallingThread() {
        return new BlendedRequestScorer(model.inCallingThread(), blend, items, comparison);
    }

    @Override
    public float[] all(Request request, Deadline deadline) {
        int[] numbers = IntStream.range(0, items).toArray();
        int[] history = history(request);
        float[] taught = comparison.isPresent() && !hasNew(history)
                ? comparison.get().scores(history, history.length, deadline)
                : taught(request, history, numbers);
        return blended(numbers, taught, model.all(request, deadline), deadline);
    }

    @Override
    public float[] some(Request request, int[] numbers, Deadline deadline) {
        float[] taught = taught(request, history(request), numbers);
        return blended(numbers, taught, model.some(request, numbers, deadline), deadline);
    }

    @Override
    public float[][] embeddings(int[] numbers, List<GivenValues> given) {
        return model.embeddings(numbers, given);
    }

    private float[] blended(int[] numbers, float[] taught, float[] logits, Deadline deadline) {
        deadline.check();
        blend.items().blend(numbers, taught, logits, 0);
        return logits;
    }

    /** What the teacher reads of the history. */
    private int[] history(Request request) {
        int length = request.history().length;
        return Arrays.copyOfRange(
                request.history(), Math.max(0, length - blend.teacher().historyLength()), length);
    }

    private float[] taught(Request request, int[] history, int[] numbers) {
        return blend.teacher() instanceof PairTeacher.Vectors vectors && (hasNew(history) || hasNew(numbers))
                ? compared(vectors.teacher(), request, history, numbers)
                : blend.teacher().score(request.user(), history, history.length, numbers);
    }

    private boolean hasNew(int[] numbers) {
        return Arrays.stream(numbers).anyMatch(number -> number >= items);
    }

    /** Compares items some of which are new by vectors of the request's own: the history's, then the items'. */
    private float[] compared(EmbeddingTeacher teacher, Request request, int[] history, int[] numbers) {
        VectorColumn texts = blend.texts().orElseThrow();
        int[] all =
                IntStream.concat(Arrays.stream(history), Arrays.stream(numbers)).toArray();
        float[] values = new float[all.length * texts.width()];
        for (int i = 0; i < all.length; i++) {
            float[] given = all[i] < items
                    ? null
                    : request.items().get(all[i] - items).vectors().get(texts.name());
            if (all[i] < items) {
                System.arraycopy(texts.values(), all[i] * texts.width(), values, i * texts.width(), texts.width());
            } else if (given != null) {
                System.arraycopy(given, 0, values, i * texts.width(), texts.width());
            }
        }
        return new PairTeacher.Vectors(new EmbeddingTeacher(
                        BundleBlend.embeddings(texts.width(), values),
                        teacher.model(),
                        EmbeddingTeacherSettings.of(teacher.settings())))
                .score(
                        request.user(),
                        IntStream.range(0, history.length).toArray(),
                        history.length,
                        IntStream.range(history.length, all.length).toArray());
    }
}

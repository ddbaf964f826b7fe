// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.teacher.blend.PairTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;

/** Blends a model's scores with the bits of the run that was blended. */
final class BlendedRequestScorer implements RequestScorer {
    private final RequestScorer model;
    private final BundleBlend blend;
    private final int items;

    /**
     * A scorer.
     *
     * @param items number of items of the catalogue
     */
    BlendedRequestScorer(RequestScorer model, BundleBlend blend, int items) {
        this.model = model;
        this.blend = blend;
        this.items = items;
    }

    @Override
    public RequestScorer inCallingThread() {
        return new BlendedRequestScorer(model.inCallingThread(), blend, items);
    }

    @Override
    public float[] all(Request request, Deadline deadline) {
        return blended(request, IntStream.range(0, items).toArray(), model.all(request, deadline), deadline);
    }

    @Override
    public float[] some(Request request, int[] numbers, Deadline deadline) {
        return blended(request, numbers, model.some(request, numbers, deadline), deadline);
    }

    @Override
    public float[][] embeddings(int[] numbers, List<GivenValues> given) {
        return model.embeddings(numbers, given);
    }

    private float[] blended(Request request, int[] numbers, float[] logits, Deadline deadline) {
        deadline.check();
        blend.items().blend(numbers, taught(request, numbers), logits, 0);
        return logits;
    }

    private float[] taught(Request request, int[] numbers) {
        PairTeacher teacher = blend.teacher();
        int size = Math.min(teacher.historyLength(), request.history().length);
        int[] history =
                Arrays.copyOfRange(request.history(), request.history().length - size, request.history().length);
        return teacher instanceof PairTeacher.Vectors vectors && (hasNew(history) || hasNew(numbers))
                ? compared(vectors.teacher(), request, history, numbers)
                : teacher.score(request.user(), history, size, numbers);
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

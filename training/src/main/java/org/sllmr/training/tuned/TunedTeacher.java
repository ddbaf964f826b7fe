// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.tuned;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.numeric.Logistic;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.Model;
import org.sllmr.model.RequestScorer;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.schema.GivenValues;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainedRun;
import org.sllmr.training.Trainer;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.guidance.None;

/**
 * A teacher that reads item texts alone and is trained on what users took: frozen vectors of texts, an item's vector by a
 * mixture of experts (UniSRec, Hou et al. 2022, Section 2.1.2), attention over the history, and the probability of the item
 * beside one that was drawn.
 *
 * <p>It knows no ids, so what it learned of frequent items holds for rare ones whose texts are alike. It is trained on the
 * training samples of the users that are not held out, so that it can be judged on the others. Items without text get no
 * score; neither do any items for a user whose history has no text.
 */
public final class TunedTeacher implements Teacher {
    /** Name in results. */
    public static final String NAME = "tuned-embedding";

    /** Memory for what is computed of items alone. */
    private static final long KEPT_BYTES = 1L << 28;

    private final Embeddings texts;
    private final RequestScorer scorer;
    private final String hash;
    private final int historyLength;
    private final Map<String, String> settings;

    private TunedTeacher(
            Embeddings texts, Model model, String encoder, TunedTeacherSettings settings, TrainedRun trained) {
        this.texts = texts;
        this.scorer = model.requestScorer(texts.items(), KEPT_BYTES).inCallingThread();
        this.hash = hash(model);
        this.historyLength = settings.historyLength();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("encoder", encoder);
        all.putAll(settings.values());
        all.put("epochs", Integer.toString(trained.bestEpoch()));
        this.settings = all;
    }

    /**
     * Trains a teacher; the same data, vectors, held-out users, settings and seed give the same bits.
     *
     * @param texts vectors of the items' texts
     * @param encoder hash of what made them
     * @param heldOut whether each user is held out, so that none of its interactions is used: {@code [users]}
     * @param listener receives the steps of each epoch
     * @throws org.sllmr.configuration.InvalidInputException if too few users are left
     * @throws org.sllmr.training.TrainingDivergedException if a loss is not finite
     * @throws InterruptedException if the thread was interrupted
     */
    public static TunedTeacher train(
            TrainingData data,
            Embeddings texts,
            String encoder,
            boolean[] heldOut,
            TunedTeacherSettings settings,
            Seed seed,
            ProgressListener listener)
            throws InterruptedException {
        Seed own = seed.child("tuned teacher");
        TrainingData used = TunedData.of(data, texts, heldOut, settings.judged(), own.child("judged"));
        Model model = settings.model().create(used, own.child("model"));
        TrainedRun trained = new Trainer(settings.training(), None.defaults())
                .train(model, used, null, Slices.of(used), own.child("training"), new Progress(listener));
        return new TunedTeacher(texts, model, encoder, settings, trained);
    }

    /** Tells of steps. */
    private record Progress(ProgressListener listener) implements TrainingListener {
        @Override
        public void step(StepProgress step) {
            listener.progressed("training the teacher, epoch " + step.epoch(), step.step(), step.steps());
        }

        @Override
        public void epoch(EpochRecord epoch) {
            listener.progressed("training the teacher, epoch " + epoch.epoch(), 1, 1);
        }
    }

    private static String hash(Model model) {
        Sha256 hash = new Sha256();
        for (NamedTensor tensor : model.tensors()) {
            hash.add(tensor.name()).add(tensor.values());
        }
        return hash.hex();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** A hash of the trained weights. */
    @Override
    public String model() {
        return hash;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public int historyLength() {
        return historyLength;
    }

    @Override
    public void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
        Arrays.fill(scores, from, to, NO_SCORE);
        int[] read = Arrays.stream(history, 0, historySize)
                .filter(item -> texts.present()[item])
                .toArray();
        int[] asked = Arrays.stream(candidates, from, to)
                .filter(item -> texts.present()[item])
                .toArray();
        if (read.length == 0 || asked.length == 0) {
            return;
        }
        float[] logits = scorer.some(
                new RequestScorer.Request(
                        -1, Arrays.copyOf(history, historySize), GivenValues.NONE, GivenValues.NONE, List.of()),
                asked);
        int next = 0;
        for (int index = from; index < to; index++) {
            if (texts.present()[candidates[index]]) {
                scores[index] = (float) Logistic.sigmoid(logits[next++]);
            }
        }
    }
}

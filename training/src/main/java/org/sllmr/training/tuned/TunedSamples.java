// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.tuned;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.scoring.SampleScoring;
import org.sllmr.teacher.vector.Embeddings;

/**
 * Scores of the training samples by tuned teachers, none of which was trained on what it scores: two of them, each trained on
 * half of the users, score the samples of the other half.
 */
public final class TunedSamples {
    private TunedSamples() {}

    /**
     * Trains both teachers and scores; the same arguments give the same bits.
     *
     * @param texts vectors of the items' texts
     * @param encoder hash of what made them
     * @param seed decides about the halves, and the trainings
     * @throws org.sllmr.configuration.InvalidInputException if a half has too few users
     * @throws InterruptedException if the thread was interrupted
     */
    public static TeacherTableFile score(
            TrainingData data,
            Embeddings texts,
            String encoder,
            TunedTeacherSettings settings,
            Seed seed,
            Blocks blocks,
            ProgressListener listener)
            throws InterruptedException {
        Instances rows = data.training().instances();
        float[] scores = new float[rows.size()];
        Sha256 models = new Sha256();
        Map<String, String> described = new LinkedHashMap<>();
        for (int half = 0; half < 2; half++) {
            boolean[] scored = users(data.log().users(), half, seed.child("halves"));
            TunedTeacher teacher =
                    TunedTeacher.train(data, texts, encoder, scored, settings, seed.child(half), listener);
            int[] own = IntStream.range(0, rows.size())
                    .filter(row -> scored[rows.users()[row]])
                    .toArray();
            listener.progressed("scoring samples", half, 2);
            float[] of = SampleScoring.scores(teacher, rows.select(own), data.log(), blocks);
            for (int i = 0; i < own.length; i++) {
                scores[own[i]] = of[i];
            }
            models.add(teacher.model());
            teacher.settings().forEach((name, value) -> described.merge(name, value, TunedSamples::both));
        }
        described.put("of", "training samples, each half of the users by a teacher trained on the other half");
        return SampleScoring.of(TunedTeacher.NAME, models.hex(), described, data, scores);
    }

    private static String both(String first, String second) {
        return first.equals(second) ? first : first + " and " + second;
    }

    private static boolean[] users(int users, int half, Seed halves) {
        boolean[] chosen = new boolean[users];
        for (int user = 0; user < users; user++) {
            chosen[user] = halves.child(user).generator().nextBoolean() == (half == 0);
        }
        return chosen;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sllmr.teacher.Teacher;

/**
 * Scores an item by its similarity in meaning to the user's last interactions: by default the largest cosine of its
 * text's vector with those of the last L = 10 history items.
 *
 * <p>It does not use popularity or interactions with the item, so it is worse than a trained model where data is dense
 * and better for rare items: the situation for which selective guidance is made. Items without text get no score;
 * neither do any items for a user whose history has no text.
 */
public final class EmbeddingTeacher implements Teacher {
    /** Name in results. */
    public static final String NAME = "embedding";

    private static final int FEW = 4;

    private final Embeddings embeddings;
    private final String model;
    private final EmbeddingTeacherSettings settings;
    /** Working arrays of threads that are not at work; they must not outlive the teacher, as those of threads would. */
    private final Queue<Comparison> idle = new ConcurrentLinkedQueue<>();

    /**
     * A teacher over a catalogue's vectors.
     *
     * @param model hash of the encoder of the vectors
     */
    public EmbeddingTeacher(Embeddings embeddings, String model, EmbeddingTeacherSettings settings) {
        this.embeddings = embeddings;
        this.model = model;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public Map<String, String> settings() {
        return settings.values();
    }

    @Override
    public int historyLength() {
        return settings.historyLength();
    }

    /** The vectors of the items. */
    public Embeddings embeddings() {
        return embeddings;
    }

    @Override
    public void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
        Comparison comparison = take();
        comparison.score(history, historySize, candidates, from, to, scores);
        idle.add(comparison);
    }

    private Comparison take() {
        Comparison comparison = idle.poll();
        return comparison == null ? new Comparison() : comparison;
    }

    /** The working arrays of one thread; for a few candidates a tile does not pay off. */
    private final class Comparison {
        private final DotTile tile = new DotTile(embeddings.dimension());
        private final Affinity affinity = new Affinity(settings.nearest());
        private final float[] cosines = new float[DotTile.WIDTH];

        void score(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
            for (int start = from; start < to; start += DotTile.WIDTH) {
                tile(history, historySize, candidates, start, Math.min(to, start + DotTile.WIDTH), scores);
            }
        }

        private void tile(int[] history, int historySize, int[] candidates, int from, int to, float[] scores) {
            int columns = to - from;
            boolean few = columns <= FEW;
            for (int column = 0; column < columns && !few; column++) {
                tile.set(column, embeddings.values(), embeddings.at(candidates[from + column]));
            }
            affinity.clear(columns);
            boolean compared = false;
            for (int index = 0; index < historySize; index++) {
                if (embeddings.present()[history[index]]) {
                    if (few) {
                        single(history[index], candidates, from, columns);
                    } else {
                        tile.dot(embeddings.values(), embeddings.at(history[index]), columns, cosines);
                    }
                    affinity.add(cosines, columns);
                    compared = true;
                }
            }
            if (!compared) {
                Arrays.fill(scores, from, to, NO_SCORE);
                return;
            }
            affinity.means(columns, cosines);
            for (int column = 0; column < columns; column++) {
                scores[from + column] = embeddings.present()[candidates[from + column]]
                        ? settings.scale().score(cosines[column])
                        : NO_SCORE;
            }
        }

        private void single(int historyItem, int[] candidates, int from, int columns) {
            for (int column = 0; column < columns; column++) {
                cosines[column] = DotTile.dot(
                        embeddings.values(),
                        embeddings.at(historyItem),
                        embeddings.at(candidates[from + column]),
                        embeddings.dimension());
            }
        }
    }
}

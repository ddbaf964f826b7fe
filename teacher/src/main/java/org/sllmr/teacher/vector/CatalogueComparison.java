// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.vector;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.sllmr.data.concurrent.Deadline;
import org.sllmr.data.concurrent.TooLateException;
import org.sllmr.teacher.Teacher;

/**
 * The embedding teacher's scores of a whole catalogue, for programs that ask for one user after the other. It keeps the
 * items' vectors a second time, in the order in which they are compared. Scores have the bits of {@link EmbeddingTeacher}.
 * Thread-safe.
 */
public final class CatalogueComparison {
    private final Embeddings embeddings;
    private final EmbeddingTeacherSettings settings;
    /** Made when they are first needed; threads that make the same one make the same. */
    private final AtomicReferenceArray<DotTile> tiles;

    /** A comparison with the vectors of a teacher. */
    public CatalogueComparison(EmbeddingTeacher teacher) {
        this.embeddings = teacher.embeddings();
        this.settings = EmbeddingTeacherSettings.of(teacher.settings());
        this.tiles = new AtomicReferenceArray<>((embeddings.items() + DotTile.WIDTH - 1) / DotTile.WIDTH);
    }

    /** Memory that the second copy of a teacher's vectors takes. */
    public static long bytes(EmbeddingTeacher teacher) {
        return (long) Float.BYTES * teacher.embeddings().values().length;
    }

    /**
     * Scores all items.
     *
     * @param history the last items before, the oldest first
     * @param size how many of them there are
     * @param deadline asked before each block of 256 items
     * @return a score of each item, or {@link Teacher#NO_SCORE}
     * @throws TooLateException if the deadline is over
     */
    public float[] scores(int[] history, int size, Deadline deadline) {
        float[] scores = new float[embeddings.items()];
        int[] vectors = Arrays.stream(history, 0, size)
                .filter(item -> embeddings.present()[item])
                .map(embeddings::at)
                .toArray();
        if (vectors.length == 0) {
            Arrays.fill(scores, Teacher.NO_SCORE);
            return scores;
        }
        Affinity affinity = new Affinity(settings.nearest());
        float[][] cosines = new float[vectors.length][DotTile.WIDTH];
        float[] means = new float[DotTile.WIDTH];
        for (int number = 0; number < tiles.length(); number++) {
            deadline.check();
            int first = number * DotTile.WIDTH;
            int columns = Math.min(scores.length - first, DotTile.WIDTH);
            tile(number, first, columns).dots(embeddings.values(), vectors, 0, vectors.length, cosines);
            affinity.clear(columns);
            for (float[] ofOne : cosines) {
                affinity.add(ofOne, columns);
            }
            affinity.means(columns, means);
            for (int column = 0; column < columns; column++) {
                scores[first + column] =
                        embeddings.present()[first + column] ? settings.scale().score(means[column]) : Teacher.NO_SCORE;
            }
        }
        return scores;
    }

    private DotTile tile(int number, int first, int columns) {
        DotTile known = tiles.get(number);
        if (known == null) {
            known = new DotTile(embeddings.dimension());
            for (int column = 0; column < columns; column++) {
                known.set(column, embeddings.values(), embeddings.at(first + column));
            }
            tiles.set(number, known);
        }
        return known;
    }
}

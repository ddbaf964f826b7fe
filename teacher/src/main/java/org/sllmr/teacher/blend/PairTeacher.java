// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.blend;

import java.util.Arrays;
import org.sllmr.teacher.Teacher;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.vector.EmbeddingTeacher;

/** A teacher that can be asked about any user and item while serving; threads may share one. */
public sealed interface PairTeacher {
    /** Number of a user's last interactions that it reads; 0 if it reads none. */
    int historyLength();

    /**
     * Scores items for one user.
     *
     * @param user the user, or -1 for one who is not in the dataset
     * @param history the last items before, the oldest first, at most {@link #historyLength}
     * @param size how many of them there are
     * @return a score of each item, or NaN
     */
    float[] score(int user, int[] history, int size, int[] items);

    /** Memory that serving needs for it. */
    long bytes();

    /** No teacher: there is no score of any item. */
    record Nobody() implements PairTeacher {
        @Override
        public int historyLength() {
            return 0;
        }

        @Override
        public float[] score(int user, int[] history, int size, int[] items) {
            float[] scores = new float[items.length];
            Arrays.fill(scores, Teacher.NO_SCORE);
            return scores;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }

    /** The embedding teacher, asked again. */
    record Vectors(EmbeddingTeacher teacher) implements PairTeacher {
        @Override
        public int historyLength() {
            return teacher.historyLength();
        }

        @Override
        public float[] score(int user, int[] history, int size, int[] items) {
            float[] scores = new float[items.length];
            teacher.score(history, size, items, 0, items.length, scores);
            return scores;
        }

        @Override
        public long bytes() {
            return (long) Float.BYTES * teacher.embeddings().values().length;
        }
    }

    /** Scores that were made before. */
    record Scores(TeacherTable table) implements PairTeacher {
        @Override
        public int historyLength() {
            return 0;
        }

        @Override
        public float[] score(int user, int[] history, int size, int[] items) {
            float[] scores = new float[items.length];
            for (int index = 0; index < items.length; index++) {
                int found = user < 0 ? -1 : table.indexOf(user, items[index]);
                scores[index] = found < 0 ? Teacher.NO_SCORE : table.scores()[found];
            }
            return scores;
        }

        @Override
        public long bytes() {
            return (long) (Float.BYTES + Integer.BYTES) * table.size();
        }
    }
}

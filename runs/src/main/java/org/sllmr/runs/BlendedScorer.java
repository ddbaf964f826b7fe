// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.teacher.blend.BlendedItems;
import org.sllmr.teacher.blend.PairTeacher;

/** A run's scorer blended with a teacher and popularity; see {@link Blend}. */
final class BlendedScorer implements RunScorer {
    private final RunScorer model;
    private final PairTeacher teacher;
    private final BlendedItems items;

    BlendedScorer(RunScorer model, PairTeacher teacher, TrainingData data, Blend blend) {
        this.model = model;
        this.teacher = teacher;
        Popularity popularity = Popularity.of(data);
        this.items = new BlendedItems(blend.formula(), popularity.positives(), popularity.longTail());
    }

    @Override
    public float[] score(InteractionLog log, Instances rows) {
        float[] scores = model.score(log, rows);
        int to;
        for (int from = 0; from < scores.length; from = to) {
            to = from + 1;
            while (to < scores.length
                    && rows.users()[to] == rows.users()[from]
                    && rows.positions()[to] == rows.positions()[from]) {
                to++;
            }
            blend(
                    log,
                    rows.users()[from],
                    rows.positions()[from],
                    Arrays.copyOfRange(rows.items(), from, to),
                    scores,
                    from);
        }
        return scores;
    }

    /** Replaces the model's logits of some items, from an index on, by the blend. */
    private void blend(InteractionLog log, int user, int position, int[] items, float[] logits, int from) {
        this.items.blend(items, ask(teacher, log, user, position, items), logits, from);
    }

    /** The teacher's scores, by the user's last interactions before a position. */
    static float[] ask(PairTeacher teacher, InteractionLog log, int user, int position, int[] items) {
        int[] history = new int[teacher.historyLength()];
        int from = Math.max(0, position - history.length);
        log.copyItems(user, from, position, history, 0);
        return teacher.score(user, history, position - from, items);
    }

    @Override
    public CatalogueScorer catalogueScorer(int items) {
        CatalogueScorer inner = model.catalogueScorer(items);
        return (log, users, positions, asked, receiver, listener) -> inner.score(
                log, users, positions, asked, new Blending(log, users, positions, asked, receiver), listener);
    }

    /** Blends each block of scores on its way to the receiver. */
    private final class Blending implements CatalogueScorer.Receiver {
        private final InteractionLog log;
        private final int[] users;
        private final int[] positions;
        private final int[][] asked;
        private final CatalogueScorer.Receiver receiver;

        Blending(InteractionLog log, int[] users, int[] positions, int[][] asked, CatalogueScorer.Receiver receiver) {
            this.log = log;
            this.users = users;
            this.positions = positions;
            this.asked = asked;
            this.receiver = receiver;
        }

        @Override
        public void asked(int row, float[] scores) {
            float[] blended = scores.clone();
            blend(log, users[row], positions[row], asked[row], blended, 0);
            receiver.asked(row, blended);
        }

        @Override
        public void scores(int row, int first, float[] scores, int count) {
            float[] blended = Arrays.copyOf(scores, count);
            int[] items = new int[count];
            Arrays.setAll(items, index -> first + index);
            blend(log, users[row], positions[row], items, blended, 0);
            receiver.scores(row, first, blended, count);
        }
    }
}

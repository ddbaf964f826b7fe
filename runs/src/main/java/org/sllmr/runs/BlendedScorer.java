// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.training.calibration.Preference;

/** A run's scorer blended with a teacher and popularity; see {@link Blend}. */
final class BlendedScorer implements RunScorer {
    private final RunScorer model;
    private final PairTeacher teacher;
    private final Preference preference;
    private final Blend blend;

    BlendedScorer(RunScorer model, PairTeacher teacher, TrainingData data, Blend blend) {
        this.model = model;
        this.teacher = teacher;
        this.preference = Preference.of(
                data, blend.weights().stream().mapToDouble(Double::doubleValue).toArray());
        this.blend = blend;
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
        float[] taught = teacher.score(log, user, position, items);
        for (int index = 0; index < items.length; index++) {
            float score = Float.isNaN(taught[index]) ? (float) blend.missing() : taught[index];
            double constant = blend.intercept() + (preference.longTail(items[index]) ? blend.tailConstant() : 0);
            logits[from + index] =
                    (float) (preference.odds(user, items[index], score, logits[from + index]) + constant);
        }
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

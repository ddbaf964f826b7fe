// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.export;

import java.util.stream.IntStream;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.runs.RunScorer;

/** The scores that full ranking computes. */
final class AllScores {
    private AllScores() {}

    /** The scores of all users, each with its whole history: {@code [users][items]}. */
    static float[][] of(RunScorer scorer, InteractionLog log, int items) {
        int[] users = IntStream.range(0, log.users()).toArray();
        float[][] all = new float[users.length][items];
        scorer.catalogueScorer(items)
                .score(
                        log,
                        users,
                        IntStream.of(users).map(log::length).toArray(),
                        new int[users.length][0],
                        new CatalogueScorer.Receiver() {
                            @Override
                            public void asked(int row, float[] scores) {}

                            @Override
                            public void scores(int row, int first, float[] scores, int count) {
                                System.arraycopy(scores, 0, all[row], first, count);
                            }
                        },
                        ProgressListener.NONE);
        return all;
    }
}

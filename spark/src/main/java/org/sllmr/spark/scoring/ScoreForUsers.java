// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.spark.sent.SentBytes;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.scoring.Scoring;

/** Scores the candidates of a task's users, in one thread. */
record ScoreForUsers(Broadcast<SentVectors> vectors) implements Function<byte[], byte[]> {
    private static final long serialVersionUID = 1L;

    /** No score depends on what the plan was made from. */
    private static final CandidatePlan.Origin ANY = new CandidatePlan.Origin("", "", 0, PlanSettings.defaults());

    @Override
    public byte[] call(byte[] sent) throws InterruptedException {
        SentCandidates asked = SentBytes.read(sent, SentCandidates.class);
        try (Blocks blocks = new Blocks(1)) {
            return SentBytes.of(new SentScores(
                    asked.plan().first(),
                    Scoring.scores(
                            vectors.value().teacher(),
                            asked.plan().open(ANY),
                            asked.log().open(),
                            blocks,
                            ProgressListener.NONE)));
        }
    }
}

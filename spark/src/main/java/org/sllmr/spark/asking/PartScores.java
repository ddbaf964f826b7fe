// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.store.RunRecord;
import org.sllmr.llm.store.ScoreSource;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * The scores of a store of parts, one part after the other, so that the driver holds the answers of one part at a time.
 *
 * @param store the store
 * @param plan its plan
 */
record PartScores(StoreOfParts store, CandidatePlan plan) implements ScoreSource {
    @Override
    public List<RunRecord> runs() throws IOException {
        return store.runs();
    }

    /** A score of one pass. */
    private record Score(int user, int item, int pass, float score) {}

    @Override
    public void forEachScore(ScoreVisitor visitor) throws IOException {
        for (int part = 0; part < store.parts(); part++) {
            store.attempts(part).stream()
                    .filter(StoredAttempt::answered)
                    .flatMap(attempt -> IntStream.range(0, scores(attempt).length)
                            .mapToObj(at -> new Score(
                                    attempt.user(), attempt.candidates()[at], attempt.pass(), scores(attempt)[at])))
                    .sorted(Comparator.comparingInt(Score::user)
                            .thenComparingInt(Score::item)
                            .thenComparingInt(Score::pass))
                    .forEach(one -> visitor.visit(one.user(), one.item(), one.pass(), one.score()));
        }
    }

    @Override
    public void forEachList(ListVisitor visitor) throws IOException {
        for (int part = 0; part < store.parts(); part++) {
            store.attempts(part).stream()
                    .filter(StoredAttempt::answered)
                    .sorted(Comparator.comparingInt(StoredAttempt::user)
                            .thenComparingInt(StoredAttempt::pass)
                            .thenComparingInt(StoredAttempt::chunk))
                    .forEach(one -> visitor.visit(one.user(), one.pass(), one.chunk(), one.candidates(), scores(one)));
        }
    }

    private static float[] scores(StoredAttempt attempt) {
        float @Nullable [] scores = attempt.scores();
        return scores == null ? new float[0] : scores;
    }
}

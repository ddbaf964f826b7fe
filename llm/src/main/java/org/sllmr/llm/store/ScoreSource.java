// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.util.List;
import org.sllmr.teacher.plan.CandidatePlan;

/** The scores of a store, and what they were asked with. */
public interface ScoreSource {
    /** The plan of a store of scores. */
    CandidatePlan plan() throws IOException;

    /** Every start of a run, oldest first; at least one. */
    List<RunRecord> runs() throws IOException;

    /** Visits a score. */
    @FunctionalInterface
    interface ScoreVisitor {
        /**
         * Receives a score.
         *
         * @param score the model's score, in [0, 1]
         */
        void visit(int user, int item, int pass, float score);
    }

    /** Visits every score, by user, item and pass. */
    void forEachScore(ScoreVisitor visitor) throws IOException;

    /** Visits the answer to a request. */
    @FunctionalInterface
    interface ListVisitor {
        /** Receives the scores of items in the order in which they were shown. */
        void visit(int user, int pass, int chunk, int[] items, float[] scores);
    }

    /** Visits every answer with scores, by user, pass and chunk. */
    void forEachList(ListVisitor visitor) throws IOException;
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.ScanFile;

/** Where plans are made and teachers are asked. The results do not depend on it. */
public interface TeacherWork {
    /**
     * Makes a plan.
     *
     * @param unfinished where the search for nearest items may keep its state
     */
    CandidatePlan plan(Planner planner, Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws IOException, InterruptedException;

    /** Has the embedding teacher score a plan. */
    TeacherTableFile score(
            EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, Blocks blocks, ProgressListener listener)
            throws IOException, InterruptedException;

    /** A language model that can be asked. */
    interface AskedModel extends AutoCloseable {
        /**
         * Asks everything that has no answer in a store; says how it ends.
         *
         * @return the table of all answers in the store
         */
        TeacherTableFile ask(CandidatePlan plan, TrainingData data, String store)
                throws IOException, InterruptedException;

        @Override
        void close();
    }

    /** Opens a language model, without sending a request. */
    AskedModel open(ModelAccess access, Terminal terminal);
}

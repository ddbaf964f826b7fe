// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import org.sllmr.cli.score.TeacherWork;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.ScanFile;

/** On executors, by partitions of users. */
final class TeacherWorkOnSpark implements TeacherWork {
    @Override
    public CandidatePlan plan(Planner planner, Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws IOException, InterruptedException {
        return SparkJobs.find().plan(planner.sources(blocks), planner.users(), listener);
    }

    @Override
    public TeacherTableFile score(
            EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, Blocks blocks, ProgressListener listener)
            throws IOException {
        return SparkJobs.find().score(teacher, plan, log, listener);
    }
}

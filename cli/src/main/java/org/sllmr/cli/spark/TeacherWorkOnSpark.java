// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.spark;

import java.io.IOException;
import org.sllmr.cli.score.ModelAccess;
import org.sllmr.cli.score.ModelAsking;
import org.sllmr.cli.score.TeacherWork;
import org.sllmr.cli.terminal.Stages;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.asking.LanguageTeacher;
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

    @Override
    public AskedModel open(ModelAccess access, Terminal terminal) {
        if (access.batch()) {
            throw new InvalidInputException(
                    "--batch", "is for one machine, where 'sllmr score run' asks in batches; leave it out on Spark");
        }
        return new AskedModel() {
            @Override
            public TeacherTableFile ask(CandidatePlan plan, TrainingData data, String store) throws IOException {
                LanguageTeacher.Asked asked;
                try (Stages stages = new Stages(terminal)) {
                    asked = SparkJobs.find()
                            .ask(new SparkJobs.Asking(access.settings(), access.key(), plan, store), data, stages);
                }
                ModelAsking.sayEnd(terminal, asked.result());
                return asked.scores();
            }

            @Override
            public void close() {}
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.ScanFile;

/** On the processors of this machine. */
final class TeacherWorkHere implements TeacherWork {
    @Override
    public CandidatePlan plan(Planner planner, Blocks blocks, ProgressListener listener, ScanFile unfinished)
            throws InterruptedException {
        return planner.plan(blocks, listener, unfinished);
    }

    @Override
    public TeacherTableFile score(
            EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, Blocks blocks, ProgressListener listener)
            throws InterruptedException {
        return Scoring.run(teacher, plan, log, blocks, listener);
    }

    @Override
    public AskedModel open(ModelAccess access, Terminal terminal) {
        LanguageTeacher teacher = access.open();
        return new AskedModel() {
            @Override
            public TeacherTableFile ask(CandidatePlan plan, TrainingData data, String store)
                    throws IOException, InterruptedException {
                return new ModelAsking(terminal, teacher).ask(plan, data, Path.of(store));
            }

            @Override
            public void close() {
                teacher.close();
            }
        };
    }
}

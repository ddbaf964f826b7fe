// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import java.io.IOException;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.Manifest;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.runs.Division;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.spark.asking.SparkAsking;
import org.sllmr.spark.evaluation.SparkRanker;
import org.sllmr.spark.scoring.SparkPlanner;
import org.sllmr.spark.scoring.SparkScoring;
import org.sllmr.spark.session.JobProgress;
import org.sllmr.spark.session.JobSession;
import org.sllmr.spark.training.SparkTraining;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSources;
import org.sllmr.teacher.plan.PlanUsers;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.training.TrainingListener;

/** Each job in the session that there is, or in one of its own, which ends with the job. */
public final class JobsOnSpark implements SparkJobs {
    @Override
    public long recommend(Recommending job, ProgressListener listener) throws IOException {
        return inSession(
                "sllmr recommend",
                session -> JobProgress.tell(
                        session.sparkContext(), "recommending", listener, () -> RecommendJob.run(session, job)));
    }

    @Override
    public Manifest prepare(Preparing job, ProgressListener listener) throws IOException {
        return inSession("sllmr prepare", session -> PrepareJob.run(session, job, listener));
    }

    @Override
    public RankingResult evaluate(RunFolder run, Dataset dataset, RankingSettings settings, ProgressListener listener)
            throws IOException {
        return inSession(
                "sllmr evaluate",
                session -> FullRanking.run(run, dataset, settings, new SparkRanker(session), listener));
    }

    @Override
    public CandidatePlan plan(PlanSources sources, PlanUsers users, ProgressListener listener) throws IOException {
        return inSession("sllmr plan", session -> new SparkPlanner(session).plan(sources, users, listener));
    }

    @Override
    public TeacherTableFile score(
            EmbeddingTeacher teacher, CandidatePlan plan, InteractionLog log, ProgressListener listener)
            throws IOException {
        return inSession("sllmr score", session -> new SparkScoring(session).score(teacher, plan, log, listener));
    }

    @Override
    public RunFolder train(
            RunSettings settings, RunInputs inputs, RunDestination place, Division division, TrainingListener listener)
            throws IOException, InterruptedException {
        RunExecution.requireDivisible(settings, division.workers());
        return inSession("sllmr train", division.workers(), session -> {
            try (SparkTraining workers = new SparkTraining(session, division)) {
                return RunExecution.execute(settings, inputs, place, listener, workers);
            }
        });
    }

    @Override
    public LanguageTeacher.Asked ask(Asking job, TrainingData data, ProgressListener listener) throws IOException {
        return inSession(
                "sllmr score",
                session -> new SparkAsking(session, job.settings(), job.key())
                        .ask(job.plan(), data, job.store(), listener));
    }

    private static <T, E extends Exception> T inSession(String name, JobSession.Job<T, E> job) throws IOException, E {
        return inSession(name, 1, job);
    }

    private static <T, E extends Exception> T inSession(String name, int tasks, JobSession.Job<T, E> job)
            throws IOException, E {
        try {
            return JobSession.run(name, tasks, job);
        } catch (Exception e) {
            // Spark's own are checked exceptions that its methods do not declare.
            Faults.throwKnown(e);
            throw e;
        }
    }
}

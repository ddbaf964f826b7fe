// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.FaultyServer;
import org.sllmr.llm.run.Questions;
import org.sllmr.spark.asking.SparkAsking;
import org.sllmr.spark.asking.SparkAskingTest;
import org.sllmr.spark.scoring.SparkPlanner;
import org.sllmr.spark.scoring.SparkScoring;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;

/**
 * Plans, scores and asks, and kills an executor at each of the three: the results must have the bytes of one machine's, and no
 * answer that was kept may be asked for again.
 */
final class KilledScoring {
    private static final int CONCURRENCY = 8;
    private static final int USERS = 2000;
    private static final int ITEMS = 1500;

    private final SparkSession session;
    private final int executors;
    private final Path folder;

    KilledScoring(SparkSession session, int executors, Path folder) {
        this.session = session;
        this.executors = executors;
        this.folder = folder;
    }

    void run() throws IOException, InterruptedException {
        planAndScore();
        ask();
    }

    private ClusterProgram.Killer killer(boolean atFirstTask) {
        ClusterProgram.Killer killer = new ClusterProgram.Killer(
                ClusterProgram.processes(session, executors).iterator().next(), atFirstTask);
        session.sparkContext().addSparkListener(killer);
        return killer;
    }

    private void planAndScore() throws IOException, InterruptedException {
        InteractionLog log = Worlds.log(USERS, ITEMS, 2, 20, 9).withholdLast(1);
        Embeddings embeddings = Worlds.embeddings(ITEMS, 48, 2);
        EmbeddingTeacherSettings nearness = EmbeddingTeacherSettings.defaults();
        Planner planner =
                new Planner(Worlds.data(log, ITEMS), embeddings, nearness, PlanSettings.defaults(), new Seed(1));
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "model", nearness);
        try (Blocks blocks = new Blocks(1)) {
            CandidatePlan plan = planner.plan(blocks, ProgressListener.NONE);
            ClusterProgram.Killer ofPlan = killer(true);
            CandidatePlan onSpark =
                    new SparkPlanner(session).plan(planner.sources(blocks), planner.users(), ProgressListener.NONE);
            ofPlan.requireLost(session, executors);
            ClusterProgram.require(plan.hash().equals(onSpark.hash()), "the plan differs");
            ClusterProgram.Killer ofScores = killer(true);
            TeacherTableFile scores = new SparkScoring(session).score(teacher, plan, log, ProgressListener.NONE);
            ofScores.requireLost(session, executors);
            requireSame(scores, Scoring.run(teacher, plan, log, blocks, ProgressListener.NONE));
        }
        ClusterProgram.say("plan and scores as one machine's");
    }

    private void requireSame(TeacherTableFile one, TeacherTableFile other) throws IOException {
        Path first = folder.resolve("one.scores");
        Path second = folder.resolve("other.scores");
        one.write(first);
        other.write(second);
        ClusterProgram.require(Files.mismatch(first, second) < 0, "the scores differ");
    }

    private void ask() throws IOException, InterruptedException {
        Questions questions = Questions.of(200, 10, 5).withHeldOutUsers();
        TrainingData data = SparkAskingTest.data(questions);
        String store = folder.resolve("store").toString();
        try (FaultyServer server = new FaultyServer(5, 0.05, 10)) {
            LanguageSettings settings =
                    SparkAskingTest.settings(server.url(), CONCURRENCY, Optional.empty(), Optional.empty());
            ClusterProgram.Killer killer = killer(false);
            AtomicReference<@Nullable InterruptedException> stopped = new AtomicReference<>();
            Thread watch = new Thread(() -> {
                try {
                    while (server.asked.size() < 90) {
                        Thread.sleep(5);
                    }
                    killer.kill();
                } catch (InterruptedException e) {
                    stopped.set(e);
                }
            });
            watch.setDaemon(true);
            watch.start();
            LanguageTeacher.Asked asked = new SparkAsking(session, settings, ApiKey.NONE)
                    .ask(questions.plan(), data, store, ProgressListener.NONE);
            killer.requireLost(session, executors);
            ClusterProgram.require(
                    asked.result().end() == AskingEnd.DONE, asked.result().toString());
            int requests = asked.result().progress().total();
            int answers = answers(store);
            ClusterProgram.require(answers == requests, answers + " answers to " + requests + " requests");
            int again = server.right.get() - requests;
            // Those that were under way in the killed process; some of a busy machine come too late.
            ClusterProgram.require(
                    again >= 0 && again <= CONCURRENCY + SparkAskingTest.late(asked.result(), server),
                    again + " answers were not kept");
            ClusterProgram.require(
                    server.asked.stream().map(FaultyServer::history).allMatch(questions.allowedHistories(10)::contains),
                    "a held-out item was shown");
            int before = server.asked.size();
            requireSame(
                    asked.scores(),
                    new SparkAsking(session, settings, ApiKey.NONE)
                            .ask(questions.plan(), data, store, ProgressListener.NONE)
                            .scores());
            ClusterProgram.require(server.asked.size() == before, "answered questions were asked again");
            try (LanguageTeacher teacher = LanguageTeacher.open(settings, ApiKey.NONE)) {
                requireSame(
                        asked.scores(),
                        teacher.ask(questions.plan(), data, folder.resolve("one"), AskingListener.NONE)
                                .scores());
            }
            ClusterProgram.say(requests + " questions, " + again + " under way when killed; answers as one machine's");
        }
    }

    /** Number of answers; none has a second one. */
    private int answers(String store) {
        Map<String, Integer> answered = new HashMap<>();
        List<String> keys = session
                .read()
                .option("recursiveFileLookup", "true")
                .option("pathGlobFilter", "*.parquet")
                .parquet(store + "/parts")
                .where("outcome = 'answered'")
                .select("key")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
        keys.forEach(key -> answered.merge(key, 1, Integer::sum));
        ClusterProgram.require(answered.values().stream().allMatch(number -> number == 1), "an answer was asked twice");
        return answered.size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.FaultyServer;
import org.sllmr.llm.run.Questions;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.spark.SllmrModel;
import org.sllmr.spark.asking.SparkAsking;
import org.sllmr.spark.asking.SparkAskingTest;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.training.TrainingListener;

/** A program that does every job with Kryo in place of Java's serialization. */
final class KryoJobs {
    private KryoJobs() {}

    /**
     * Runs.
     *
     * @param arguments the bundle
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of("").toAbsolutePath();
        withoutBreeze();
        try (SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .getOrCreate()) {
            Dataset dataset = prepare(folder);
            recommend(arguments[0], session);
            rank(folder, dataset);
            score();
            ask(session, folder);
            ClusterProgram.say("prepared, recommended, ranked, scored and asked by Kryo");
        }
    }

    /**
     * Has Spark pass over the classes that it would register with Kryo and that need a library which tests are without; a
     * cluster has it.
     */
    private static void withoutBreeze() {
        System.setProperty("spark.testing", "true");
    }

    private static Dataset prepare(Path folder) throws IOException {
        StringBuilder log = new StringBuilder("user,item,time\n");
        for (int row = 0; row < 600; row++) {
            log.append("u%d,i%d,%d\n".formatted(row % 41, row * 7 % 53, row));
        }
        Path file = Files.writeString(folder.resolve("log.csv"), log);
        PreparationSettings settings = PreparationSettings.of(
                "log",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(file), "user", "item", "time"),
                        Optional.empty(),
                        Optional.empty()));
        Dataset one = Preparation.run(settings, folder.resolve("log"), false, ProgressListener.NONE);
        String there = SparkJobs.find()
                .prepare(
                        new SparkJobs.Preparing(
                                settings,
                                file.toString(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                List.of(),
                                folder.resolve("spark"),
                                false),
                        ProgressListener.NONE)
                .contentHash();
        ClusterProgram.require(there.equals(one.manifest().contentHash()), "the dataset differs");
        return one;
    }

    private static void recommend(String bundle, SparkSession session) {
        Recommender library = Recommender.open(Path.of(bundle));
        List<Row> rows = SllmrModel.load(bundle).recommendForAllUsers(5).collectAsList();
        ClusterProgram.require(rows.size() == library.users().size(), rows.size() + " answers");
        for (Row row : rows) {
            List<Row> rated = row.getList(1);
            List<String> items = library
                    .recommend(Request.ofUser(row.getString(0)).withK(5))
                    .items()
                    .stream()
                    .map(item -> item.item())
                    .toList();
            ClusterProgram.require(
                    rated.stream().map(one -> one.getString(0)).toList().equals(items), row + " differs");
        }
        ClusterProgram.require(
                session.sparkContext().getConf().get("spark.serializer").contains("Kryo"), "another serializer");
    }

    private static void rank(Path folder, Dataset dataset) throws IOException, InterruptedException {
        RunSettings settings = RunConfiguration.read("test", """
                model: {backbone: mf, embeddingDimension: 8}
                training: {maxEpochs: 1}
                """).on(folder.resolve("log"), Optional.empty());
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        RankingSettings ranking = new RankingSettings(Split.TEST, OptionalInt.empty(), List.of(5), 1, true);
        var here = FullRanking.run(run, dataset, ranking, ProgressListener.NONE).metrics();
        var there = SparkJobs.find()
                .evaluate(run, dataset, ranking, ProgressListener.NONE)
                .metrics();
        ClusterProgram.require(here.equals(there), "metrics differ");
    }

    private static void score() throws IOException, InterruptedException {
        int items = 60;
        InteractionLog log = Worlds.log(50, items, 2, 9, 3);
        Embeddings embeddings = Worlds.embeddings(items, 8, 2);
        EmbeddingTeacherSettings nearness = EmbeddingTeacherSettings.defaults();
        Planner planner =
                new Planner(Worlds.data(log, items), embeddings, nearness, PlanSettings.defaults(), new Seed(1));
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "model", nearness);
        try (Blocks blocks = new Blocks(1)) {
            CandidatePlan plan = planner.plan(blocks, ProgressListener.NONE);
            CandidatePlan there =
                    SparkJobs.find().plan(planner.sources(blocks), planner.users(), ProgressListener.NONE);
            ClusterProgram.require(plan.hash().equals(there.hash()), "the plan differs");
            float[] scores = Scoring.run(teacher, plan, log, blocks, ProgressListener.NONE)
                    .table()
                    .scores();
            ClusterProgram.require(
                    Arrays.equals(
                            scores,
                            SparkJobs.find()
                                    .score(teacher, plan, log, ProgressListener.NONE)
                                    .table()
                                    .scores()),
                    "scores differ");
        }
    }

    private static void ask(SparkSession session, Path folder) throws IOException {
        Questions questions = Questions.of(20, 10, 5);
        try (FaultyServer server = new FaultyServer(5, 0, 1)) {
            AskingResult result = new SparkAsking(
                            session,
                            SparkAskingTest.settings(server.url(), 4, Optional.empty(), Optional.empty()),
                            ApiKey.NONE)
                    .ask(
                            questions.plan(),
                            SparkAskingTest.data(questions),
                            folder.resolve("store").toString(),
                            ProgressListener.NONE)
                    .result();
            ClusterProgram.require(
                    result.progress().answered() == result.progress().total(), result.toString());
        }
    }
}

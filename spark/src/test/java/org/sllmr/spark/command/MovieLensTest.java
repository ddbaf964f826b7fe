// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.RequestRules;
import org.sllmr.bundle.format.HistoryForm;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.Dataset;
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
import org.sllmr.runs.export.RunExport;
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingResult;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.serving.batch.BatchRecommendation;
import org.sllmr.spark.session.TestSession;
import org.sllmr.teacher.Worlds;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.Planner;
import org.sllmr.teacher.scoring.Scoring;
import org.sllmr.teacher.vector.EmbeddingTeacher;
import org.sllmr.teacher.vector.EmbeddingTeacherSettings;
import org.sllmr.teacher.vector.Embeddings;
import org.sllmr.training.TrainingListener;

/** The whole way on real data: each result from Spark is that of one machine. Only the vectors of items are drawn. */
class MovieLensTest {
    @TempDir
    Path folder;

    private final SparkSession session = TestSession.get();
    private final SparkJobs jobs = SparkJobs.find();

    @Test
    void datasetPlanScoresRecommendationsAndMetricsAreThoseOfOneMachine() throws Exception {
        Path ratings = Path.of(System.getProperty("sllmr.shared", ""), "data/movielens-100k/ratings.tsv.gz");
        assumeTrue(Files.exists(ratings), "the MovieLens data are not here");
        Dataset dataset = prepared(ratings);
        scored(dataset.trainingData());
        recommendedAndRanked(dataset);
    }

    private Dataset prepared(Path ratings) throws Exception {
        PreparationSettings settings = PreparationSettings.of(
                "movielens",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(ratings), "user_id", "item_id", "timestamp"),
                        Optional.empty(),
                        Optional.empty()));
        Path one = folder.resolve("movielens");
        Dataset dataset = Preparation.run(settings, one, false, ProgressListener.NONE);
        Path there = folder.resolve("spark");
        jobs.prepare(
                new SparkJobs.Preparing(
                        settings,
                        ratings.toString(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        List.of(),
                        there,
                        false),
                ProgressListener.NONE);
        assertThat(dataset.manifest().counts().interactions()).isEqualTo(100_000);
        assertThat(Dataset.open(there).manifest().contentHash())
                .isEqualTo(dataset.manifest().contentHash());
        return dataset;
    }

    private void scored(TrainingData data) throws Exception {
        Embeddings embeddings = Worlds.embeddings(data.catalogue().size(), 32, 1);
        EmbeddingTeacherSettings nearness = EmbeddingTeacherSettings.defaults();
        Planner planner = new Planner(data, embeddings, nearness, PlanSettings.defaults(), new Seed(1));
        EmbeddingTeacher teacher = new EmbeddingTeacher(embeddings, "drawn", nearness);
        try (Blocks blocks = new Blocks(2)) {
            CandidatePlan plan = planner.plan(blocks, ProgressListener.NONE);
            plan.write(folder.resolve("one.plan"));
            jobs.plan(planner.sources(blocks), planner.users(), ProgressListener.NONE)
                    .write(folder.resolve("spark.plan"));
            Scoring.run(teacher, plan, data.log(), blocks, ProgressListener.NONE)
                    .write(folder.resolve("one.scores"));
            jobs.score(teacher, plan, data.log(), ProgressListener.NONE).write(folder.resolve("spark.scores"));
        }
        assertThat(folder.resolve("spark.plan")).hasSameBinaryContentAs(folder.resolve("one.plan"));
        assertThat(folder.resolve("spark.scores")).hasSameBinaryContentAs(folder.resolve("one.scores"));
    }

    private void recommendedAndRanked(Dataset dataset) throws Exception {
        RunSettings settings = RunConfiguration.read("test", """
                model: {backbone: mf, embeddingDimension: 8}
                training: {maxEpochs: 1}
                """).on(folder.resolve("movielens"), Optional.empty());
        RunFolder run =
                RunExecution.execute(settings, RunInputs.of(settings), folder.resolve("run"), TrainingListener.SILENT);
        RankingSettings ranking = new RankingSettings(Split.TEST, OptionalInt.empty(), List.of(10), 1, true);
        RankingResult here = FullRanking.run(run, dataset, ranking, ProgressListener.NONE);
        RankingResult there = jobs.evaluate(run, dataset, ranking, ProgressListener.NONE);
        assertThat(there.metrics()).isEqualTo(here.metrics());
        assertThat(there.slices()).isEqualTo(here.slices());

        Path bundle = folder.resolve("bundle");
        RunExport.run(run, dataset, "movielens", HistoryForm.PLAIN, bundle, false);
        Recommender recommender = Recommender.open(bundle);
        new BatchRecommendation(
                        recommender, recommender.users(), RequestRules.of(10, false), folder.resolve("one.parquet"))
                .run(2, ProgressListener.NONE);
        jobs.recommend(
                new SparkJobs.Recommending(
                        bundle.toString(),
                        Optional.empty(),
                        "user",
                        Optional.empty(),
                        RequestRules.of(10, false),
                        folder.resolve("spark.parquet").toString()),
                ProgressListener.NONE);
        assertThat(read("spark.parquet")).hasSize(9430).isEqualTo(read("one.parquet"));
    }

    private List<Row> read(String table) {
        return session.read()
                .parquet(folder.resolve(table).toString())
                .select("user", "rank", "item", "score")
                .orderBy("user", "rank")
                .collectAsList();
    }
}

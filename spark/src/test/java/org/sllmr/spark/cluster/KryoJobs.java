// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.data.ProgressListener;
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
import org.sllmr.runs.ranking.FullRanking;
import org.sllmr.runs.ranking.RankingSettings;
import org.sllmr.runs.ranking.Split;
import org.sllmr.spark.SllmrModel;
import org.sllmr.training.TrainingListener;

/** A program that prepares, recommends and ranks with Kryo in place of Java's serialization. */
final class KryoJobs {
    private KryoJobs() {}

    /**
     * Runs.
     *
     * @param arguments the bundle
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of("").toAbsolutePath();
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
            ClusterProgram.say("prepared, recommended and ranked by Kryo");
        }
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
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.preparation.PartKind;
import org.sllmr.preparation.PartSettings;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.SplitSettings;
import org.sllmr.preparation.UnknownItems;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.spark.session.TestSession;

/** Folders made by Spark are compared byte by byte with those that one machine makes of the same rows. */
class SparkPreparationTest {
    private static final Map<String, String> HEADER = Map.of("header", "true");
    private static final SplitSettings SHOP = SplitSettings.defaults().withUnknownItems(UnknownItems.KEEP);

    @TempDir
    private static Path shop;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        Shop.write(shop);
    }

    private static SparkSession session() {
        return TestSession.get();
    }

    @Test
    void filesAsOneMachineReadsThem() throws IOException {
        List<SplitSettings> splits = List.of(
                SHOP.withCore(6).withDropRepeats(true).withNegatives(3).withSeed(7),
                SHOP.withUnknownItems(UnknownItems.DROP)
                        .withDropShortUsers(true)
                        .withKeepUnseenItems(true),
                SHOP.withParts(PartSettings.defaults().withBy(PartKind.TIME)).withNegatives(2));
        for (int split = 0; split < splits.size(); split++) {
            PreparationSettings settings = Shop.settings(shop, ".csv", splits.get(split));
            Path one = folder.resolve("one" + split);
            Path spark = folder.resolve("spark" + split);
            Preparation.run(settings, one, false, ProgressListener.NONE);
            SparkPreparation.run(csv(), settings, spark, false, 100, ProgressListener.NONE);
            Shop.assertEqual(one, spark);
        }
    }

    @Test
    void parquetInParts() throws IOException {
        for (String name : List.of("log", "items", "users")) {
            session()
                    .read()
                    .options(HEADER)
                    .option("inferSchema", "true")
                    .csv(shop.resolve(name + ".csv").toString())
                    .repartition(3)
                    .write()
                    .parquet(folder.resolve(name).toString());
        }
        PreparationSettings settings = Shop.settings(folder, "", SHOP.withCore(3));
        Path one = folder.resolve("one");
        Preparation.run(settings, one, false, ProgressListener.NONE);
        Path spark = folder.resolve("spark");
        SparkPreparation.run(
                tables(name -> TableSource.files(
                        session(), "parquet", Map.of(), folder.resolve(name).toString(), new StructType())),
                settings,
                spark,
                false,
                ProgressListener.NONE);
        Shop.assertEqual(one, spark);
    }

    @Test
    void neitherOrderNorNumberOfPartitionsChangesAnything() throws IOException {
        PreparationSettings settings = interactions(shop.resolve("log.csv"), SHOP.withCore(2));
        Path one = folder.resolve("one");
        Preparation.run(settings, one, false, ProgressListener.NONE);
        Dataset<Row> log = session()
                .createDataset(
                        Files.readAllLines(shop.resolve("log.csv")).stream()
                                .skip(1)
                                .toList(),
                        org.apache.spark.sql.Encoders.STRING())
                .coalesce(1)
                .withColumn("line", functions.monotonically_increasing_id())
                .withColumn("cells", functions.split(functions.col("value"), ","))
                .selectExpr("cells[0] AS user", "cells[1] AS item", "CAST(cells[2] AS INT) AS time", "line");
        for (int partitions : new int[] {1, 8}) {
            Path spark = folder.resolve("spark" + partitions);
            Dataset<Row> shuffled = log.orderBy(functions.rand(partitions)).repartition(partitions);
            SparkPreparation.run(
                    only(TableSource.of("interactions", shuffled, List.of("line"))),
                    settings,
                    spark,
                    false,
                    100,
                    ProgressListener.NONE);
            Shop.assertEqual(one, spark);
        }
    }

    @Test
    void rowsWithoutAnOrderAreSortedByTimeFirst() throws IOException {
        List<String> lines = Files.readAllLines(shop.resolve("log.csv"));
        Path sorted = folder.resolve("log.csv");
        Files.write(
                sorted,
                Stream.concat(
                                lines.stream().limit(1),
                                lines.stream()
                                        .skip(1)
                                        .sorted(Comparator.comparing((String line) -> line.split(",")[2])
                                                .thenComparing(line -> line.split(",")[0])
                                                .thenComparing(line -> line.split(",")[1])))
                        .toList());
        PreparationSettings settings = interactions(sorted, SHOP.withCore(2));
        Preparation.run(settings, folder.resolve("one"), false, ProgressListener.NONE);
        Dataset<Row> rows = session().read().options(HEADER).csv(sorted.toString());
        Dataset<Row> shuffled = rows.orderBy(functions.rand(5)).repartition(5);
        Path spark = folder.resolve("spark");
        SparkPreparation.run(
                only(TableSource.of("interactions", shuffled, List.of())),
                settings,
                spark,
                false,
                ProgressListener.NONE);
        Shop.assertEqual(folder.resolve("one"), spark);
    }

    @Test
    void errorsHaveTheWordsOfOneMachine() throws IOException {
        assertSameWords("user,item,time\nu,,3\n,i,4\nu,i,soon\n", SHOP);
        assertSameWords("user,item,time\nu,i,3\nu,j,\nv,j,7\n", SHOP);
        assertSameWords("user,item,time\nu,i,3\nu,j,4\nu,k,5\nv,j,7\n", SHOP);
        assertSameWords("user,item,time\nu,i,3\nu,j,4\nu,k,5\nv,j,7\n", SHOP.withCore(4));
        assertSameWords("user,item,time\nu,i,3\nu,j,4\nu,k,5\n", SHOP);
        assertSameWords(
                "user,item,time\nu,i,3\nu,j,4\nu,k,5\n", SHOP.withParts(PartSettings.at("1970-01-02", "1970-01-03")));
        assertSameWords(
                "user,item,time\nu,i,3\nu,j,4\nu,k,5\n",
                SHOP.withDropShortUsers(true).withParts(PartSettings.defaults().withBy(PartKind.TIME)));
        assertSameWords("user,item,tme\nu,i,3\n", SHOP);
        assertSameWords("user,item,time\n", SHOP);
        assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString).toList())
                .containsExactly("log.csv");
    }

    /** The same problems, but for the line. */
    private void assertSameWords(String log, SplitSettings split) throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), log);
        PreparationSettings settings = interactions(file, split);
        InvalidInputException expected =
                refused(() -> Preparation.run(settings, folder.resolve("out"), false, ProgressListener.NONE));
        InvalidInputException found = refused(() -> SparkPreparation.run(
                only(TableSource.files(session(), "csv", HEADER, file.toString(), new StructType())),
                settings,
                folder.resolve("out"),
                false,
                ProgressListener.NONE));
        assertThat(words(found)).isEqualTo(words(expected));
    }

    private static List<String> words(InvalidInputException e) {
        return e.problems().stream()
                .map(problem -> problem.where().replaceAll(":\\d+$", "") + " " + problem.what())
                .toList();
    }

    private static InvalidInputException refused(Runnable run) {
        try {
            run.run();
        } catch (InvalidInputException e) {
            return e;
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void unknownItemsAreRefusedByName() {
        SplitSettings split = SHOP.withUnknownItems(UnknownItems.FAIL);
        PreparationSettings settings = Shop.settings(shop, ".csv", split);
        InvalidInputException expected =
                refused(() -> Preparation.run(settings, folder.resolve("out"), false, ProgressListener.NONE));
        InvalidInputException found = refused(
                () -> SparkPreparation.run(csv(), settings, folder.resolve("out"), false, ProgressListener.NONE));
        assertThat(words(found)).isEqualTo(words(expected));
    }

    @Test
    void whatIsNotDoneOnSparkIsNamed() {
        PreparationSettings settings = interactions(
                shop.resolve("log.csv"),
                SHOP.withParts(PartSettings.defaults().withBy(PartKind.USERS)).withUsersSample(5));
        assertThatThrownBy(() ->
                        SparkPreparation.run(csv(), settings, folder.resolve("out"), false, ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("split.parts.by: is users, but on Spark")
                .hasMessageContaining("split.usersSample: draws users");
    }

    @Test
    void columnsOfOtherTypesAreRefused() {
        Dataset<Row> rows = session()
                .range(5)
                .selectExpr("struct(id) AS user", "id AS item", "CAST(CAST(id AS STRING) AS BINARY) AS time");
        assertThatThrownBy(() -> SparkPreparation.run(
                        only(TableSource.of("interactions", rows, List.of())),
                        interactions(shop.resolve("log.csv"), SHOP),
                        folder.resolve("out"),
                        false,
                        ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("column 'user' is of type struct<id:bigint>")
                .hasMessageContaining("column 'time' is of type binary");
    }

    private static PreparationSettings interactions(Path log, SplitSettings split) {
        return new PreparationSettings(
                "shop",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(log), "user", "item", "time"),
                        Optional.empty(),
                        Optional.empty()),
                split);
    }

    private static SparkPreparation.Tables only(TableSource interactions) {
        return new SparkPreparation.Tables(interactions, Optional.empty(), Optional.empty());
    }

    private static SparkPreparation.Tables csv() {
        return tables(name -> TableSource.files(
                session(), "csv", HEADER, shop.resolve(name + ".csv").toString(), new StructType()));
    }

    private interface Opening {
        TableSource open(String name);
    }

    private static SparkPreparation.Tables tables(Opening opening) {
        return new SparkPreparation.Tables(
                opening.open("log"), Optional.of(opening.open("items")), Optional.of(opening.open("users")));
    }
}

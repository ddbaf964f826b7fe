// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.cli.spark.SparkJobs;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.preparation.Preparation;
import org.sllmr.preparation.PreparationSettings;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.spark.session.TestSession;

class PrepareJobTest {
    @TempDir
    private static Path folder;

    private static final SparkJobs JOBS = SparkJobs.find();

    @BeforeAll
    static void session() {
        TestSession.get();
    }

    /** A first line of data, a semicolon between columns, and quotes within quotes. */
    @Test
    void delimitedTextIsReadAsOnOneMachine() throws IOException {
        Path log = folder.resolve("log.csv");
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 60; row++) {
            lines.add(
                    "\"user \"\"" + row % 12 + "\"\"\";i" + row * row % 17 + ";" + (1_400_000_000L + row * 7919 % 60));
        }
        Files.write(log, lines);
        TableFile file = new TableFile(
                log, Optional.empty(), Optional.of(";"), Optional.empty(), List.of("user", "item", "time"));
        PreparationSettings settings = PreparationSettings.of(
                "log",
                new SourceSettings(
                        InteractionSource.of(file, "user", "item", "time"), Optional.empty(), Optional.empty()));

        assertMadeAsOnOneMachine(job(settings, log.toString(), Optional.empty()), "one");
    }

    /** Real titles begin with quotes that do not end. */
    @Test
    void textBetweenTabsHasNoQuotes() throws IOException {
        Path log = folder.resolve("log.tsv");
        List<String> lines = new ArrayList<>(List.of("user\titem\ttime"));
        for (int row = 0; row < 60; row++) {
            lines.add("user" + row % 12 + "\ti" + row * row % 17 + "\t" + (1_400_000_000L + row));
        }
        Files.write(log, lines);
        Path items = folder.resolve("items.tsv");
        List<String> titles = new ArrayList<>(List.of("item\ttitle\tbrand"));
        for (int item = 0; item < 17; item++) {
            titles.add("i" + item + "\t" + (item % 3 == 0 ? "\"Pro\\ \"" : "\"Plate 1\" wide") + "\tb" + item % 2);
        }
        Files.write(items, titles);
        PreparationSettings settings = PreparationSettings.of(
                "log",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(log), "user", "item", "time"),
                        Optional.of(new ItemSource(
                                TableFile.of(items),
                                "item",
                                List.of(FieldSettings.of("brand")),
                                List.of("title"),
                                List.of(),
                                List.of(),
                                List.of())),
                        Optional.empty()));
        SparkJobs.Preparing job = new SparkJobs.Preparing(
                settings,
                log.toString(),
                Optional.of(items.toString()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(),
                folder.resolve("spark-tabs"),
                false);

        assertMadeAsOnOneMachine(job, "one-tabs");
    }

    /** By three tasks, from rows in no order; the items by one. */
    @Test
    void tablesOfADatabaseAreThoseOfSortedFiles() throws Exception {
        String database = "jdbc:duckdb:" + folder.resolve("shop.db");
        List<String> clicks = new ArrayList<>(List.of("who,what,seconds,junk"));
        List<String> items = new ArrayList<>(List.of("what,brand"));
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE items (what BIGINT, brand VARCHAR)");
            statement.execute("CREATE TABLE clicks (who VARCHAR, what BIGINT, seconds BIGINT, junk INTEGER)");
            for (int item = 0; item < 17; item++) {
                items.add(item + ",brand " + item % 4);
                statement.execute("INSERT INTO items VALUES (" + item + ", 'brand " + item % 4 + "')");
            }
            for (int row = 0; row < 60; row++) {
                int at = 1_400_000_000 + row;
                clicks.add("user " + row % 12 + "," + row * row % 17 + "," + at + ",0");
            }
            for (int row = 59; row >= 0; row--) {
                String[] cells = clicks.get(1 + row * 7 % 60).split(",", -1);
                statement.execute("INSERT INTO clicks VALUES ('" + cells[0] + "', " + cells[1] + ", " + cells[2] + ", "
                        + row % 10 + ")");
            }
        }
        Path log = Files.write(folder.resolve("clicks.csv"), clicks);
        Path shop = Files.write(folder.resolve("items.csv"), items);
        PreparationSettings settings = PreparationSettings.of(
                "shop",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(log), "who", "what", "seconds"),
                        Optional.of(new ItemSource(
                                TableFile.of(shop), "what", List.of(FieldSettings.of("brand")), List.of())),
                        Optional.empty()));
        SparkJobs.Preparing job = new SparkJobs.Preparing(
                settings,
                "clicks",
                Optional.of("items"),
                Optional.empty(),
                Optional.of("jdbc"),
                Map.of(
                        "url",
                        database,
                        "partitionColumn",
                        "junk",
                        "lowerBound",
                        "0",
                        "upperBound",
                        "9",
                        "numPartitions",
                        "3"),
                List.of(),
                folder.resolve("spark-database"),
                false);

        assertMadeAsOnOneMachine(job, "one-database");
    }

    @Test
    void whatSparkCannotReadIsNamed() {
        PreparationSettings settings = PreparationSettings.of(
                "log",
                new SourceSettings(
                        InteractionSource.of(TableFile.of(Path.of("log")), "user", "item", "time"),
                        Optional.empty(),
                        Optional.empty()));

        assertThatThrownBy(() -> JOBS.prepare(job(settings, "nowhere", Optional.empty()), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere: has a name that does not tell its format");
        assertThatThrownBy(() -> JOBS.prepare(
                        job(settings, folder.resolve("nowhere").toString(), Optional.of("parquet")),
                        ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nowhere: cannot be read by Spark");
        assertThatThrownBy(() -> JOBS.prepare(job(settings, "clicks", Optional.of("table")), ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("clicks: cannot be read by Spark");
    }

    /** The dataset of a job is that of one machine, which is made in a folder of its own. */
    private static void assertMadeAsOnOneMachine(SparkJobs.Preparing job, String one) throws IOException {
        assertThat(JOBS.prepare(job, ProgressListener.NONE).contentHash())
                .isEqualTo(Preparation.run(job.settings(), folder.resolve(one), false, ProgressListener.NONE)
                        .manifest()
                        .contentHash());
    }

    private static SparkJobs.Preparing job(PreparationSettings settings, String log, Optional<String> format) {
        return new SparkJobs.Preparing(
                settings,
                log,
                Optional.empty(),
                Optional.empty(),
                format,
                Map.of(),
                List.of(),
                folder.resolve("spark"),
                false);
    }
}

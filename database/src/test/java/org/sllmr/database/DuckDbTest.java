// SPDX-License-Identifier: Apache-2.0
package org.sllmr.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;

/** DuckDB reads and writes exactly the file that a path names, whatever characters it contains. */
class DuckDbTest {
    @TempDir
    Path folder;

    /** One for all names, as each takes a while to open. */
    private static Connection memory;

    @BeforeAll
    static void open() throws SQLException {
        memory = DuckDb.inMemory();
    }

    @Test
    void theUnpackedLibraryIsRemovedOnceItIsLoaded() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.isReadable(maps), "only Linux tells which files a process has loaded");
        try (Stream<String> lines = Files.lines(maps)) {
            assertThat(lines.filter(line -> line.contains("libduckdb_java")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" (deleted)"));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        memory.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log[1]",
                "a*b",
                "**",
                "what?",
                "[",
                "[[]x",
                "[!a]",
                "{a,b}",
                "it's \"q\"",
                "x;y=1",
                "x;session_init_sql_file=y",
                "x?access_mode=read_only",
                "day=5",
                "md:x",
                "http:",
                "~",
                ":memory:",
                "größe 值",
                "two\nlines",
                "%41#",
                "$HOME"
            })
    void pathsAreTakenLiterally(String name) throws Exception {
        Path other = folder.resolve("other");
        parquet(other, -1);
        boolean canHoldDatabases = name.indexOf('?') < 0;
        // As a file and as a folder, beside files that the name would match as a pattern.
        for (Path place : List.of(folder.resolve("f"), Files.createDirectories(folder.resolve(name)))) {
            Files.createDirectories(place);
            for (String near : List.of("log1", "aXb", "whatX", "a", "b", "x")) {
                Files.copy(other, place.resolve(near + ".parquet"));
            }
            Path parquet = place.resolve(name + ".parquet");
            parquet(parquet, 7);
            assertThat(number("SELECT day FROM " + DuckDb.parquet(parquet))).isEqualTo(7);
            assertThat(number("SELECT day + file_row_number FROM " + DuckDb.numberedParquet(parquet)))
                    .isEqualTo(7);

            Path csv = place.resolve(name + ".csv.gz");
            execute("CREATE OR REPLACE TABLE \"t;x\" AS SELECT 7 AS day");
            DuckDb.writeCsv(memory, "t;x", csv);
            assertThat(Files.readString(csv)).isEqualTo("day\n7\n");

            Path database = place.resolve(name);
            if (!canHoldDatabases) {
                assertThatThrownBy(() -> DuckDb.open(database)).isInstanceOf(InvalidInputException.class);
                continue;
            }
            try (Connection connection = DuckDb.open(database);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t AS SELECT 7 AS day");
                statement.execute("CREATE VIEW v AS SELECT day FROM t");
            }
            assertThat(database).isRegularFile();
            DuckDb.attachForReading(memory, database, "kept \"x\"");
            assertThat(number("SELECT day FROM \"kept \"\"x\"\"\".v")).isEqualTo(7);
            execute("DETACH \"kept \"\"x\"\"\"");
        }
        assertThat(names(folder)).containsExactlyInAnyOrder("f", "other", name);
    }

    @Test
    void ambiguousPathsAreRefused() throws Exception {
        Path plain = folder.resolve("a\\b.parquet");
        parquet(plain, 7);
        assertThat(number("SELECT day FROM " + DuckDb.parquet(plain))).isEqualTo(7);
        assertThatThrownBy(() -> DuckDb.parquet(folder.resolve("a\\b[1].parquet")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in its path");
        assertThatThrownBy(() -> DuckDb.open(folder.resolve("a\\b")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("in its path");
    }

    @Test
    void aDatabaseIsOpenedOnlyOnce() throws Exception {
        Path database = folder.resolve("d");
        try (Connection first = DuckDb.open(database)) {
            assertThat(first.isClosed()).isFalse();
            assertThatThrownBy(() -> DuckDb.open(database))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("already attached");
        }
        DuckDb.open(database).close();
        assertThat(names(folder)).containsExactly("d");
    }

    private static void parquet(Path file, int value) throws SQLException {
        execute("CREATE OR REPLACE TABLE t AS SELECT " + value + " AS day");
        DuckDb.writeParquet(memory, "t", file);
        assertThat(file).isRegularFile();
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = memory.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(String sql) throws SQLException {
        try (Statement statement = memory.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            int number = rows.getInt(1);
            assertThat(rows.next()).as("a second row").isFalse();
            return number;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

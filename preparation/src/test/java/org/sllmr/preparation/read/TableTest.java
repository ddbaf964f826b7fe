// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;

/** Every format; errors are reported with their line. */
class TableTest {
    @TempDir
    Path folder;

    @Test
    void tabSeparatedWithoutQuotes() throws IOException {
        Path file = write("t.tsv", "id\ttitle\tnote\n1\t12\" \"pan\t\n2\t\tx\n");

        assertThat(rows(TableFile.of(file), "title", "id", "note"))
                .containsExactly(
                        List.of(List.of("12\" \"pan"), List.of("1"), List.of()),
                        List.of(List.of(), List.of("2"), List.of("x")));
    }

    @Test
    void commaSeparatedWithQuotesByteOrderMarkAndCarriageReturns() throws IOException {
        Path file = write("t.csv", "\ufeffid,title\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n2,é\r\n");

        Table table = Table.open(TableFile.of(file));
        assertThat(rows(TableFile.of(file), "id", "title"))
                .containsExactly(List.of(List.of("1"), List.of("a, \"b\"\r\nc")), List.of(List.of("2"), List.of("é")));
        assertThat(table.place(0)).isEqualTo(file + ":2");
        assertThat(table.place(1)).isEqualTo(file + ":5");
    }

    @Test
    void anyDelimiterAndGzip() throws IOException {
        Path file = gzip("ratings.dat.gz", "u::i::t\n1::2::3\n4::5::6\n".getBytes(StandardCharsets.UTF_8));
        TableFile settings = new TableFile(file, Optional.empty(), Optional.of("::"), Optional.empty(), List.of());

        assertThat(rows(settings, "t", "u"))
                .containsExactly(List.of(List.of("3"), List.of("1")), List.of(List.of("6"), List.of("4")));
        // A gzip file without the extension.
        Path renamed = Files.move(file, folder.resolve("ratings.dat"));
        assertThat(rows(new TableFile(renamed, Optional.empty(), Optional.of("::"), Optional.empty(), List.of()), "t"))
                .hasSize(2);
    }

    @Test
    void namesOfFilesAndColumnsMayContainAnyCharacter() throws IOException {
        Path file = write("it's [a] *?.tsv", "a'b\tc\"d\n1\t2\n");

        assertThat(rows(TableFile.of(file), "c\"d", "a'b")).containsExactly(List.of(List.of("2"), List.of("1")));
        Path json = write("it's.jsonl", "{\"a'b\": 1, \"c\\\"d\": 2}\n");
        assertThat(rows(TableFile.of(json), "c\"d", "a'b")).containsExactly(List.of(List.of("2"), List.of("1")));
    }

    @Test
    void aLargeFileKeepsItsOrder() throws IOException {
        StringBuilder text = new StringBuilder("n\tpadding\n");
        int rows = 400_000;
        for (int row = 0; row < rows; row++) {
            text.append(row)
                    .append("\tsome words that make the file longer ")
                    .append(row * 7919L)
                    .append('\n');
        }
        Path file = write("large.tsv", text.toString());

        long[] next = new long[1];
        Table.open(TableFile.of(file)).forEach(List.of("n"), row -> {
            assertThat(row.number()).isEqualTo(next[0]);
            if (!row.text(0).equals(Long.toString(next[0]++))) {
                throw new AssertionError("row " + row.number() + " holds " + row.text(0));
            }
        });
        assertThat(next[0]).isEqualTo(rows);
    }

    /** Lines of messages in files with blank lines and values that span lines. */
    @Test
    void linesInMessagesAreRight() throws IOException {
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            boolean quoted = random.nextBoolean();
            String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
            StringBuilder text = new StringBuilder("a,b").append(lineEnd);
            List<Integer> expected = new ArrayList<>();
            int line = 2;
            for (int row = 0; row < 50; row++) {
                for (; random.nextInt(5) == 0; line++) {
                    text.append(lineEnd);
                }
                expected.add(line);
                boolean twoLines = quoted && random.nextInt(3) == 0;
                text.append(row)
                        .append(',')
                        .append(twoLines ? "\"x" + lineEnd + "\"\"y\"" : "z\"")
                        .append(lineEnd);
                line += twoLines ? 2 : 1;
            }
            Path file = write("r.csv", text.toString());
            TableFile settings =
                    new TableFile(file, Optional.empty(), Optional.empty(), Optional.of(quoted ? "\"" : ""), List.of());
            Table table = Table.open(settings);
            List<String> places = new ArrayList<>();
            table.forEach(List.of("a"), row -> {
                assertThat(row.text(0)).as("seed %d", seed).isEqualTo(Long.toString(row.number()));
                places.add(table.place(row.number()));
            });
            assertThat(places)
                    .as("seed %d", seed)
                    .isEqualTo(
                            expected.stream().map(number -> file + ":" + number).toList());
        }
    }

    @Test
    void jsonLines() throws IOException {
        Path file = write(
                "t.json",
                "{\"a\": \"x\\ty\", \"b\": [\"p\", [\"q\"]], \"c\": 1.5, \"z\": {}}\n\n  \n"
                        + "{\"b\": null, \"a\": \"\", \"c\": true}\n");

        assertThat(rows(TableFile.of(file), "b", "a", "c"))
                .containsExactly(
                        List.of(List.of("p", "q"), List.of("x\ty"), List.of("1.5")),
                        List.of(List.of(), List.of(), List.of("true")));
        assertThat(Table.open(TableFile.of(file)).place(1)).isEqualTo(file + ":4");
    }

    @Test
    void pythonLines() throws IOException {
        Path file = gzip(
                "meta.json.gz",
                "{'asin': 'B1', 'categories': [['A', 'B'], ['A', 'C']], 'title': \"it's\"}\n{'asin': 'B2'}\n"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(rows(TableFile.of(file, TableFormat.PYTHON_LINES), "asin", "categories", "title"))
                .containsExactly(
                        List.of(List.of("B1"), List.of("A", "B", "A", "C"), List.of("it's")),
                        List.of(List.of("B2"), List.of(), List.of()));
    }

    @Test
    void parquet() throws Exception {
        Path file = folder.resolve("t.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT 7 AS n, 'x \"y\"' AS s, ['p', 'q'] AS l, "
                    + "TIMESTAMP '2014-07-23 00:00:01.9' AS t, NULL::VARCHAR AS e) TO '" + file
                    + "' (FORMAT parquet)");
        }

        assertThat(rows(TableFile.of(file), "s", "n", "l", "t", "e"))
                .containsExactly(List.of(
                        List.of("x \"y\""),
                        List.of("7"),
                        List.of("p", "q"),
                        List.of("2014-07-23 00:00:01.9"),
                        List.of()));
        assertThat(problems(() -> rows(TableFile.of(file), "m")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("no column 'm'", "present: n, s"));
        Path damaged = write("d.parquet", "PAR1 and nothing");
        assertThat(problems(() -> rows(TableFile.of(damaged), "m")))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString()).contains(damaged.toString(), "not a Parquet file"));
    }

    @Test
    void allMissingColumnsAreReportedWithSuggestions() throws IOException {
        Path file = write("t.tsv", "user_id\titem_id\ttime\n1\t2\t3\n");

        assertThat(problems(() -> rows(TableFile.of(file), "userId", "item", "time")))
                .extracting(Problem::toString)
                .containsExactly(
                        file + ":1: has no column 'userId'; did you mean 'user_id'? (present: user_id, item_id, time)",
                        file + ":1: has no column 'item'; did you mean 'item_id'? (present: user_id, item_id, time)");
        Path json = write("t.jsonl", "{\"reviewerID\": 1, \"asin\": 2}\n{\"reviewerID\": 1, \"asin\": 2}\n");
        assertThat(problems(() -> rows(TableFile.of(json), "reviewerID", "asim")))
                .extracting(Problem::what)
                .containsExactly("has no column 'asim'; did you mean 'asin'? (present: reviewerID, asin)");
        Path python = write("p.json", "{'asin': 2}\n");
        assertThat(problems(() -> rows(TableFile.of(python, TableFormat.PYTHON_LINES), "asim")))
                .extracting(Problem::what)
                .containsExactly("has no column 'asim'; did you mean 'asin'? (present: asin)");
    }

    @Test
    void linesWithAWrongNumberOfFields() throws IOException {
        Path file = write("t.tsv", "a\tb\n1\t2\n\n1\n1\t2\t3\n");

        assertThat(problems(() -> rows(TableFile.of(file), "a")))
                .extracting(Problem::toString)
                .containsExactly(
                        file + ":4: has 1 field, the header has 2; check delimiter (tab) and quote (none)",
                        file + ":5: has 3 fields, the header has 2; check delimiter (tab) and quote (none)");
    }

    @Test
    void anUnclosedQuoteIsRefused() throws IOException {
        Path file = write("t.csv", "a,b\n1,2\n3,\"x\n5,6\n");

        assertThat(problems(() -> rows(TableFile.of(file), "a")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).isEqualTo(file + ":3");
                    assertThat(problem.what()).contains("without a closing quote");
                });
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Path file = folder.resolve("t.tsv");
        Files.write(file, new byte[] {'a', '\t', 'b', '\n', '1', '\t', '2', '\n', 'x', '\t', (byte) 0xff, '\n'});
        assertThat(problems(() -> rows(TableFile.of(file), "b")))
                .extracting(Problem::toString)
                .containsExactly(file
                        + ":3: is not UTF-8; if it is delimited text in Latin-1, say so by --encoding latin-1; convert other"
                        + " files (iconv)");
        Path json = folder.resolve("t.jsonl");
        Files.write(json, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}', '\n'});
        assertThat(problems(() -> rows(TableFile.of(json), "a")))
                .extracting(Problem::where)
                .containsExactly(json + ":1");
    }

    @Test
    void truncatedGzipFilesAreRefused() throws IOException {
        StringBuilder tsv = new StringBuilder("a\tb\n");
        StringBuilder json = new StringBuilder();
        StringBuilder python = new StringBuilder();
        Random random = new Random(3);
        for (int row = 0; row < 6000; row++) {
            int value = random.nextInt();
            tsv.append(row).append('\t').append(value).append('\n');
            json.append("{\"a\": ").append(value).append("}\n");
            python.append("{'a': ").append(value).append("}\n");
        }
        for (TableFile whole : List.of(
                TableFile.of(gzip("t.tsv.gz", tsv.toString().getBytes(StandardCharsets.UTF_8))),
                TableFile.of(gzip("t.jsonl.gz", json.toString().getBytes(StandardCharsets.UTF_8))),
                TableFile.of(
                        gzip("p.json.gz", python.toString().getBytes(StandardCharsets.UTF_8)),
                        TableFormat.PYTHON_LINES))) {
            byte[] bytes = Files.readAllBytes(whole.path());
            Files.write(whole.path(), Arrays.copyOf(bytes, bytes.length / 2));
            assertThat(problems(() -> rows(whole, "a"))).singleElement().satisfies(problem -> {
                assertThat(problem.where()).matches(".*gz:\\d{4,}");
                assertThat(problem.what()).contains("is truncated after line ", "download it again");
            });
            bytes[bytes.length / 2] ^= 0x55;
            bytes[bytes.length / 2 + 1] ^= 0x55;
            Files.write(whole.path(), bytes);
            assertThatThrownBy(() -> rows(whole, "a")).isInstanceOf(InvalidInputException.class);
            bytes[bytes.length / 2] ^= 0x55;
            bytes[bytes.length / 2 + 1] ^= 0x55;
            // The checksum and the length of the data are the last eight bytes.
            for (int back : new int[] {8, 5, 1}) {
                bytes[bytes.length - back] ^= 1;
                Files.write(whole.path(), bytes);
                assertThat(problems(() -> rows(whole, "a")))
                        .as("%s, %d bytes before the end", whole.path(), back)
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.where()).startsWith(whole.path().toString());
                            assertThat(problem.what()).contains("the compressed data is damaged");
                        });
                bytes[bytes.length - back] ^= 1;
            }
        }
    }

    @Test
    void emptyMissingAndMislabelledFilesAreRefused() throws IOException {
        assertThat(problems(() -> Table.open(TableFile.of(write("e.tsv", "")))))
                .extracting(Problem::what)
                .containsExactly("is empty; check how it was made or copied");
        assertThat(problems(() -> Table.open(TableFile.of(gzip("e.tsv.gz", new byte[0])))))
                .extracting(Problem::what)
                .containsExactly("is empty; check how it was made or copied");
        assertThat(problems(() -> Table.open(TableFile.of(folder.resolve("none.tsv")))))
                .extracting(Problem::what)
                .containsExactly("does not exist; check the path");
        assertThat(problems(() -> Table.open(TableFile.of(Files.createDirectories(folder.resolve("none"))))))
                .extracting(Problem::what)
                .containsExactly("is a folder without files; check the path");
        assertThat(problems(() -> Table.open(TableFile.of(write("plain.tsv.gz", "a\tb\n")))))
                .extracting(Problem::what)
                .containsExactly(
                        "is named as a gz file but does not begin like one; check how it was made, or rename it");
        assertThat(problems(() -> Table.open(TableFile.of(write("twice.tsv", "a\ta\n")))))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("has two columns 'a'; rename one");
    }

    @Test
    void invalidJsonIsRefused() throws IOException {
        Path file = write("t.jsonl", "{\"a\": 1}\n{\"a\": \n[1]\n{\"a\": 1} {\"a\": 2}\n{\"a\": 3}\n");

        assertThat(problems(() -> rows(TableFile.of(file), "a")))
                .extracting(Problem::where)
                .containsExactly(file + ":2", file + ":3", file + ":4");
    }

    @Test
    void invalidPythonIsRefused() throws IOException {
        Path file = write("t.json", "{'a': 1}\n{\"a\": true}\n[1]\n{'a': 2}\n");

        assertThat(problems(() -> rows(TableFile.of(file, TableFormat.PYTHON_LINES), "a")))
                .extracting(Problem::toString)
                .containsExactly(
                        file + ":2: is not a Python literal: expected a value at column 7; if the file is JSON, read it"
                                + " as JSON lines",
                        file + ":3: is not a Python dictionary; every line must be one");
    }

    private static List<List<List<String>>> rows(TableFile file, String... columns) {
        List<List<List<String>>> rows = new ArrayList<>();
        Table.open(file).forEach(List.of(columns), row -> {
            List<List<String>> cells = new ArrayList<>();
            for (int column = 0; column < columns.length; column++) {
                cells.add(List.copyOf(row.values(column)));
            }
            rows.add(cells);
        });
        return rows;
    }

    /** The problems; no message may contain words of the database that reads the files. */
    private static List<Problem> problems(ThrowingRunnable work) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(work::run).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.getMessage()).doesNotContainIgnoringCase("duckdb").doesNotContain("Possible", "SELECT");
            problems.addAll(e.problems());
        });
        return problems;
    }

    private interface ThrowingRunnable {
        void run() throws Exception;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path gzip(String name, byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write(bytes);
        }
        return Files.write(folder.resolve(name), compressed.toByteArray());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.database.DuckDb;
import org.sllmr.preparation.read.Encoding;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.LabelSettings;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TimeFormat;

/** Labelled logs in the forms in which they are handed on: each a small file of that form. */
class DataFormsTest {
    private static final LabelSettings CLICKS =
            new LabelSettings(Optional.of("click"), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private Path file(String name, String content, Charset charset) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(charset));
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content, StandardCharsets.UTF_8);
    }

    private static InteractionSource source(TableFile file, TimeFormat format, LabelSettings labels) {
        return new InteractionSource(
                file,
                Optional.of("user"),
                "item",
                Optional.of("time"),
                Optional.empty(),
                Optional.of(format),
                List.of(),
                List.of(),
                Optional.of(labels),
                PartFiles.none());
    }

    private Dataset prepare(InteractionSource source, Optional<ItemSource> items, String validation, String test) {
        return Preparation.run(
                new PreparationSettings(
                        "t",
                        new SourceSettings(source, items, Optional.empty()),
                        SplitSettings.defaults().withParts(PartSettings.at(validation, test))),
                folder.resolve("out"),
                true,
                ProgressListener.NONE);
    }

    /** The rows of all parts: user, item, label, and how many positives came before. */
    private static List<String> rows(Dataset dataset) {
        TrainingData data = dataset.everything();
        Samples samples = data.training();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < samples.size(); row++) {
            rows.add(data.userIds().value(samples.instances().users()[row]) + " "
                    + data.catalogue().ids().value(samples.instances().items()[row]) + " " + samples.label(row) + " "
                    + samples.instances().positions()[row]);
        }
        return rows;
    }

    private static final List<String> SIX = List.of("u a 1 0", "u b 0 1", "u c 1 1", "u d 0 2", "u e 1 2", "u f 0 3");

    /** Six rows a second, from the second 1,400,000,000 on. */
    private static String six(String... times) {
        StringBuilder log = new StringBuilder("user,item,click,time\n");
        for (int row = 0; row < 6; row++) {
            log.append("u,")
                    .append((char) ('a' + row))
                    .append(',')
                    .append(1 - row % 2)
                    .append(',');
            log.append(times[row]).append('\n');
        }
        return log.toString();
    }

    @Test
    void movieLensWithColonsLatin1AndRatings() throws IOException {
        Path ratings = file(
                "ratings.dat",
                "1::10::5::978300760\n1::20::3::978300761\n1::30::4::978300762\n1::10::1::978300763\n"
                        + "2::20::4::978300764\n2::30::2::978300765\n");
        Path movies = file(
                "movies.dat",
                "10::Misérables, Les (1995)::Drama|Musical\n20::Cité des enfants perdus, La (1995)::Adventure\n"
                        + "30::Plain \"quoted\"::Drama\n",
                StandardCharsets.ISO_8859_1);
        Optional<String> colons = Optional.of("::");
        TableFile log = new TableFile(
                        ratings, Optional.empty(), colons, Optional.empty(), List.of("user", "item", "rating", "time"))
                .in(Encoding.LATIN_1);
        TableFile titles =
                new TableFile(movies, Optional.empty(), colons, Optional.empty(), List.of("movie", "title", "genres"));
        LabelSettings liked = new LabelSettings(Optional.empty(), Optional.of("rating >= 4"), Optional.empty());
        FieldSettings genres = FieldSettings.separated("genres", "|");
        ItemSource latin = new ItemSource(titles.in(Encoding.LATIN_1), "movie", List.of(genres), List.of("title"));
        Dataset dataset = prepare(source(log, TimeFormat.SECONDS, liked), Optional.of(latin), "978300762", "978300764");
        assertThat(rows(dataset))
                .containsExactly("1 10 1 0", "1 20 0 1", "1 30 1 1", "1 10 0 2", "2 20 1 0", "2 30 0 1");
        Catalogue items = dataset.trainingData().catalogue();
        assertThat(items.text("title").orElseThrow().values())
                .containsExactly("Misérables, Les (1995)", "Cité des enfants perdus, La (1995)", "Plain \"quoted\"");
        assertThat(items.field("genres").orElseThrow().texts(0)).containsExactly("Drama", "Musical");

        ItemSource unicode = new ItemSource(titles, "movie", List.of(genres), List.of("title"));
        assertThatThrownBy(() ->
                        prepare(source(log, TimeFormat.SECONDS, liked), Optional.of(unicode), "978300762", "978300764"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("movies.dat:1")
                .hasMessageContaining("--encoding latin-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SECONDS | 1400000000.5,1400000001.0,1400000002.25,1400000003,1.400000004E9,1400000005.999",
                "MILLISECONDS | 1400000000500,1400000001000,1400000002250,1400000003000,1400000004000,1400000005999",
                "MICROSECONDS | 1400000000500000,1400000001000000,1400000002250000,1400000003000000,"
                        + "1400000004000000,1400000005999000",
                "ISO | 2014-05-13T16:53:20.5Z,2014-05-13T18:53:21+02:00,2014-05-13 16:53:22.25,"
                        + "2014-05-13T11:53:23-05:00,2014-05-13 16:53:24 UTC,2014-05-13T16:53:25+0000"
            })
    void timesOfEveryUnitAndZone(TimeFormat format, String times) throws IOException {
        Path log = file("log.csv", six(times.split(",")));
        Dataset dataset =
                prepare(source(TableFile.of(log), format, CLICKS), Optional.empty(), "1400000002", "1400000004");
        assertThat(rows(dataset)).isEqualTo(SIX);
        assertThat(dataset.trainingData().training().size()).isEqualTo(2);
        assertThat(dataset.testData().test().size()).isEqualTo(2);
        InteractionLog all = dataset.allInteractions();
        assertThat(List.of(all.time(0, 0), all.time(0, 1), all.time(0, 2)))
                .containsExactly(1_400_000_000L, 1_400_000_002L, 1_400_000_004L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log.csv", "log.tsv", "log.jsonl"})
    void idsOf19DigitsAndWithLeadingZerosStayAsTheyAre(String name) throws IOException {
        String[][] ids = {
            {"9223372036854775806", "007"},
            {"9223372036854775807", "07"},
            {"9223372036854775807", "7"},
            {"9223372036854775806", "12345678901234567890123"},
            {"0", "1e3"},
            {"00", "1000"}
        };
        StringBuilder log = new StringBuilder();
        String separator = name.endsWith("csv") ? "," : "\t";
        if (!name.endsWith("jsonl")) {
            log.append(String.join(separator, "user", "item", "click", "time")).append('\n');
        }
        for (int row = 0; row < ids.length; row++) {
            String[] cells = {ids[row][0], ids[row][1], Integer.toString(1 - row % 2), Integer.toString(1000 + row)};
            log.append(
                    name.endsWith("jsonl")
                            ? "{\"user\": %s, \"item\": \"%s\", \"click\": %s, \"time\": %s}%n"
                                    .formatted(quotedZeros(cells[0]), cells[1], cells[2], cells[3])
                            : String.join(separator, cells) + "\n");
        }
        Dataset dataset = prepare(
                source(TableFile.of(file(name, log.toString())), TimeFormat.SECONDS, CLICKS),
                Optional.empty(),
                "1002",
                "1004");
        assertThat(dataset.trainingData().userIds().values())
                .containsExactlyInAnyOrder("9223372036854775806", "9223372036854775807", "0", "00");
        assertThat(dataset.trainingData().catalogue().ids().values())
                .containsExactlyInAnyOrder("007", "07", "7", "12345678901234567890123", "1e3", "1000");
    }

    /** A JSON number has no leading zeros. */
    private static String quotedZeros(String id) {
        return id.length() > 1 && id.startsWith("0") ? "\"" + id + "\"" : id;
    }

    @Test
    void lineBreaksInQuotesAndAByteOrderMark() throws IOException {
        Path log = file("log.csv", "\ufeff" + six("1", "2", "3", "4", "5", "6"));
        StringBuilder items = new StringBuilder("\ufeffitem,title\r\n");
        for (char item = 'a'; item <= 'f'; item++) {
            items.append(item).append(",\"first line of ").append(item).append("\nand \"\"second\"\", it says\"\r\n");
        }
        Dataset dataset = prepare(
                source(TableFile.of(log), TimeFormat.SECONDS, CLICKS),
                Optional.of(new ItemSource(
                        TableFile.of(file("items.csv", items.toString())), "item", List.of(), List.of("title"))),
                "3",
                "5");
        assertThat(rows(dataset)).isEqualTo(SIX);
        assertThat(dataset.trainingData()
                        .catalogue()
                        .text("title")
                        .orElseThrow()
                        .values())
                .contains("first line of c\nand \"second\", it says");
    }

    @Test
    void gzipOfSeveralMembers() throws IOException {
        String text = six("1", "2", "3", "4", "5", "6");
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        // As pigz and Hadoop write them; the second member begins within a row.
        for (String member : List.of(text.substring(0, 30), text.substring(30, 31), "", text.substring(31))) {
            try (OutputStream stream = new GZIPOutputStream(members)) {
                stream.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path log = Files.write(folder.resolve("log.csv.gz"), members.toByteArray());
        assertThat(rows(prepare(source(TableFile.of(log), TimeFormat.SECONDS, CLICKS), Optional.empty(), "3", "5")))
                .isEqualTo(SIX);
    }

    @Test
    void textInZstandardIsRefusedByItsName() throws IOException {
        Path log = Files.write(folder.resolve("log.csv.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 4, 0});
        assertThatThrownBy(() ->
                        prepare(source(TableFile.of(log), TimeFormat.SECONDS, CLICKS), Optional.empty(), "3", "5"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("log.csv.zst")
                .hasMessageContaining("is compressed as zst, which is not supported; unpack it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip"})
    void parquetWithListsDictionariesAndNulls(String compression) throws Exception {
        Path log = folder.resolve("log.parquet");
        parquet(
                "SELECT 9223372036854775800 + i % 2 AS user, chr(97 + (i % 6)::INTEGER) AS item, i % 2 = 0 AS click,"
                        + " make_timestamp(1400000000000000 + i * 1000000) AS time,"
                        + " CASE WHEN i % 3 = 0 THEN NULL ELSE 'place ' || (i % 3) END AS place"
                        + " FROM range(3000) t(i)",
                log, compression);
        Path items = folder.resolve("items.parquet");
        parquet(
                "SELECT * FROM (VALUES ('a', ['x', 'y'], 'A'), ('b', [], NULL), ('c', NULL, 'C'), ('d', ['x', NULL], ''),"
                        + " ('e', ['y'], 'E'), ('f', ['z', 'x'], 'F')) t(item, tags, title)",
                items,
                compression);
        InteractionSource source = InteractionSource.of(TableFile.of(log), "user", "item", "time")
                .withLabels(CLICKS)
                .withFields(FieldSettings.of("place"));
        Dataset dataset = prepare(
                source,
                Optional.of(new ItemSource(
                        TableFile.of(items), "item", List.of(FieldSettings.of("tags")), List.of("title"))),
                "1400002000",
                "1400002500");
        TrainingData data = dataset.trainingData();
        assertThat(data.training().size()).isEqualTo(2000);
        assertThat(data.training().positives()).isEqualTo(1000);
        assertThat(data.userIds().values()).containsExactly("9223372036854775800", "9223372036854775801");
        assertThat(data.catalogue().field("tags").orElseThrow().texts(0)).containsExactly("x", "y");
        assertThat(data.catalogue().field("tags").orElseThrow().texts(1)).isEmpty();
        assertThat(data.catalogue().field("tags").orElseThrow().texts(2)).isEmpty();
        assertThat(data.catalogue().field("tags").orElseThrow().texts(3)).containsExactly("x");
        assertThat(data.catalogue().text("title").orElseThrow().values()).containsExactly("A", "", "C", "", "E", "F");
        assertThat(data.contextFields().get(0).vocabulary().values()).containsExactlyInAnyOrder("place 1", "place 2");
        assertThat(data.contextFields().get(0).texts(0)).isEmpty();
    }

    private static void parquet(String query, Path file, String compression) throws Exception {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (" + query + ") TO '" + file + "' (FORMAT parquet, COMPRESSION " + compression + ")");
        }
    }
}

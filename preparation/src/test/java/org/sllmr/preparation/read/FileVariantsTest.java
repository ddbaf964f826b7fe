// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.database.DuckDb;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Files in all the forms that programs and people produce: read correctly, or refused with line and reason. */
class FileVariantsTest {
    private static final String CSV = "user,item,title\nu1,i1,Café\nu2,i2,\"a, \"\"b\"\"\"\n";
    private static final List<String> ROWS = List.of("u1|i1|Café", "u2|i2|a, \"b\"");

    @TempDir
    Path folder;

    private interface Packing {
        OutputStream open(OutputStream target) throws IOException;
    }

    @Test
    void compressionIsDetectedByTheFirstBytes() throws IOException {
        List<Packing> packings = List.of(
                GZIPOutputStream::new,
                BZip2CompressorOutputStream::new,
                target -> new XZOutputStream(target, new LZMA2Options()),
                target -> zip(target, "there/log.csv"));
        List<String> names = List.of("log.csv.gz", "log.csv.bz2", "log.csv.xz", "data.zip");
        for (int at = 0; at < names.size(); at++) {
            Path file = write(names.get(at), packed(packings.get(at), CSV.getBytes(StandardCharsets.UTF_8)));
            assertThat(rows(TableFile.of(file), "user", "item", "title")).isEqualTo(ROWS);
            Path renamed = Files.move(file, folder.resolve("renamed" + at + ".csv"));
            assertThat(rows(TableFile.of(renamed), "user", "item", "title")).isEqualTo(ROWS);
        }
    }

    @Test
    void unsupportedFilesAreRefusedWithTheReason() throws IOException {
        assertThat(fault(write("log.csv.zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2})))
                .contains("compressed as zst", "unpack it");
        assertThat(fault(write("log.csv.gz", CSV.getBytes(StandardCharsets.UTF_8))))
                .contains("does not begin like one");
        assertThat(fault(write("log.csv", "PAR1 and so on".getBytes(StandardCharsets.UTF_8))))
                .contains("is a Parquet file");
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(two)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.putNextEntry(new ZipEntry("b.csv"));
        }
        assertThat(fault(write("two.zip", two.toByteArray()))).contains("2 files (a.csv, b.csv)");
        byte[] tar = new byte[1024];
        System.arraycopy("log.csv".getBytes(StandardCharsets.UTF_8), 0, tar, 0, 7);
        System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
        assertThat(fault(write("log.tar.gz", packed(GZIPOutputStream::new, tar))))
                .contains("is a tar archive");
    }

    @Test
    void everyMemberOfAGzipFileIsRead() throws IOException {
        byte[] first = packed(GZIPOutputStream::new, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        byte[] second = packed(GZIPOutputStream::new, "3,4\n".getBytes(StandardCharsets.UTF_8));
        Path file = write("t.csv.gz", joined(first, second));
        assertThat(rows(TableFile.of(file), "a", "b")).containsExactly("1|2", "3|4");
        // A member that is truncated in its header must not be taken for the end.
        for (int length : new int[] {1, 5, 12, second.length - 1}) {
            write("t.csv.gz", joined(first, Arrays.copyOf(second, length)));
            assertThat(fault(file)).as("%d bytes of the second member", length).matches("(?s).*(truncated|damaged).*");
        }
    }

    /** {@code -Dsllmr.corruptions=2000} for many more. */
    @Test
    void noDamageToACompressedFileIsSilent() throws IOException {
        int rounds = Integer.getInteger("sllmr.corruptions", 80) / 4;
        long seed = Long.getLong("sllmr.seed", 1);
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b\n");
        for (int row = 0; row < 2000; row++) {
            text.append(random.nextInt(1000))
                    .append(',')
                    .append(random.nextInt(1000))
                    .append('\n');
        }
        byte[] plain = text.toString().getBytes(StandardCharsets.UTF_8);
        List<Packing> packings = List.of(
                GZIPOutputStream::new,
                BZip2CompressorOutputStream::new,
                target -> new XZOutputStream(target, new LZMA2Options()),
                target -> zip(target, "t.csv"));
        for (Packing packing : packings) {
            byte[] whole = packed(packing, plain);
            List<String> expected = rows(TableFile.of(write("t.csv", whole)), "a", "b");
            assertThat(expected).hasSize(2000);
            for (int round = 0; round < rounds; round++) {
                byte[] bytes = whole.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Path file = write(
                        "t.csv", round % 4 == 0 ? Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 8)) : bytes);
                List<String> read;
                try {
                    read = rows(TableFile.of(file), "a", "b");
                } catch (InvalidInputException refused) {
                    continue;
                }
                assertThat(read).as("seed %d, round %d", seed, round).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void byteOrderMarksAndUtf16AreRead(String charset) throws IOException {
        byte[] marked = ("\ufeff" + CSV).getBytes(Charset.forName(charset));
        assertThat(rows(TableFile.of(write("m.csv", marked)), "user", "item", "title"))
                .isEqualTo(ROWS);
        byte[] plain = CSV.getBytes(Charset.forName(charset));
        assertThat(rows(TableFile.of(write("p.csv", plain)), "user", "item", "title"))
                .isEqualTo(ROWS);
        byte[] json = "\ufeff{\"a\": \"é\"}\r\n{\"a\": 2}".getBytes(Charset.forName(charset));
        assertThat(rows(TableFile.of(write("m.jsonl", json)), "a")).containsExactly("é", "2");
        byte[] python = "\ufeff{'a': 'é'}\n".getBytes(Charset.forName(charset));
        assertThat(rows(TableFile.of(write("m.py", python), TableFormat.PYTHON_LINES), "a"))
                .containsExactly("é");
    }

    @Test
    void halfACharacterOfUtf16IsRefused() throws IOException {
        byte[] text = CSV.getBytes(StandardCharsets.UTF_16LE);
        assertThat(fault(write("m.csv", Arrays.copyOf(text, text.length - 1)))).contains("not valid UTF-16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\r\\n1,2\\n3,4\\r\\n",
                "a,b\\n1,2\\r\\n3,4",
                "a,b\\r1,2\\r3,4\\r",
                "a,b\\r1,2\\r\\n3,4",
                "a,b\\r\\r\\n1,2\\r\\r\\n3,4\\r\\r\\n",
                "a,b\\r\\n1,\"2\"\\r\\n\\r\\n3,\"4\"\\r",
            })
    void anyLineEnds(String text) throws IOException {
        Path file = write("t.csv", lines(text).getBytes(StandardCharsets.UTF_8));
        assertThat(rows(TableFile.of(file), "a", "b")).containsExactly("1|2", "3|4");
    }

    @Test
    void aCarriageReturnInsideALineIsRefused() throws IOException {
        Path file = write("t.csv", "a,b\n1,2\n3,x\ry\n\"5\ry\",6\n".getBytes(StandardCharsets.UTF_8));
        assertThat(fault(file)).startsWith(file + ":3: has a carriage return in the middle of the line");
    }

    @Test
    void linesMayHaveMegabytes() throws IOException {
        String title = "word ".repeat(700_000);
        Path csv = write(
                "t.csv", ("item,title\n1,short\n2,\"" + title + "\"\n3,short\n").getBytes(StandardCharsets.UTF_8));
        assertThat(rows(TableFile.of(csv), "item", "title")).containsExactly("1|short", "2|" + title, "3|short");
        Path json = write("t.jsonl", ("{\"a\": \"" + title + "\"}\n{\"a\": 2}\n").getBytes(StandardCharsets.UTF_8));
        assertThat(rows(TableFile.of(json), "a")).containsExactly(title, "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "1,\"x\"y~has text after a closing quote",
                "1,\"The \\\"best\\\" film\"~has text after a closing quote",
                "1,\"x~without a closing quote",
                "1~has 1 field, the header has 2",
            })
    void wrongQuotesAreRefused(String line, String fault) throws IOException {
        Path file = write("t.csv", ("a,b\n5,\"6\" \n" + line + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(fault(file)).contains(file + ":3: ", fault);
    }

    @Test
    void filesWithoutAHeader() throws IOException {
        byte[] text = "1::2::5\n3::4::5\n".getBytes(StandardCharsets.UTF_8);
        Path file = write("ratings.dat", text);
        TableFile unnamed = new TableFile(file, Optional.empty(), Optional.of("::"), Optional.empty(), List.of());
        assertThatThrownBy(() -> rows(unnamed, "user"))
                .hasMessageContaining("the first line must name the columns")
                .hasMessageContaining("--columns");
        TableFile named = new TableFile(
                file, Optional.empty(), Optional.of("::"), Optional.empty(), List.of("user", "item", "rating"));
        assertThat(rows(named, "item", "user")).containsExactly("2|1", "4|3");
        assertThat(Table.open(named).place(1)).isEqualTo(file + ":2");
        assertThatThrownBy(() -> rows(
                        new TableFile(
                                file, Optional.empty(), Optional.of("::"), Optional.empty(), List.of("user", "item")),
                        "user"))
                .hasMessageContaining("has 3 fields, 2 columns are named");
        TableFile twice = new TableFile(
                write("named.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("a", "b"));
        assertThatThrownBy(() -> rows(twice, "a")).hasMessageContaining("names the columns itself");
    }

    @Test
    void quotesInATabSeparatedFileAreReportedAndCanBeRemoved() throws IOException {
        Path file =
                write("t.tsv", "item\ttitle\n1\tx\n2\t\"The \"\"best\"\" film\"\n".getBytes(StandardCharsets.UTF_8));
        Table table = Table.open(TableFile.of(file));
        table.forEach(List.of("title"), row -> {});
        assertThat(table.notes())
                .singleElement()
                .asString()
                .startsWith(file + ":3: ")
                .contains("--quote");
        for (String quote : List.of("\"", "")) {
            Table chosen =
                    Table.open(new TableFile(file, Optional.empty(), Optional.empty(), Optional.of(quote), List.of()));
            List<String> titles = new ArrayList<>();
            chosen.forEach(List.of("title"), row -> titles.add(row.text(0)));
            assertThat(titles)
                    .containsExactly("x", quote.isEmpty() ? "\"The \"\"best\"\" film\"" : "The \"best\" film");
            assertThat(chosen.notes()).isEmpty();
        }
    }

    @Test
    void jsonOfPythonAndBrowsers() throws IOException {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        Path file = write(
                "t.jsonl",
                ("{\"a\": NaN, \"b\": Infinity, \"z\": " + deep + "}\n"
                                + "{\"a\": \"lamp \\ud83d\", \"b\": [NaN, 1, {}, [\"x\"]]}\r\n"
                                + "{\"a\": 1, \"a\": \"last\", \"b\": -0.50}\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(rows(TableFile.of(file), "a", "b")).containsExactly("|Infinity", "lamp \ufffd|1, x", "last|-0.50");
        Path tooDeep = write(
                "d.jsonl", ("{\"a\": 1}\n{\"z\": " + "[".repeat(20_000) + "}\n").getBytes(StandardCharsets.UTF_8));
        assertThat(fault(tooDeep)).contains(tooDeep + ":2: ", "nested more than");
        Path list = write("l.json", "[{\"a\": 1}]\n".getBytes(StandardCharsets.UTF_8));
        assertThat(fault(list)).contains(list + ":1: is a list");
        Path python = write(
                "p.json", "{'a': nan, 'b': u'\\ud83d'}\n{'a': inf, 'b': -inf}\n".getBytes(StandardCharsets.UTF_8));
        assertThat(rows(TableFile.of(python, TableFormat.PYTHON_LINES), "a", "b"))
                .containsExactly("|\ufffd", "inf|-inf");
    }

    @Test
    void parquetFilesOfOldAndNewWriters() throws Exception {
        Path file = Files.createDirectories(folder.resolve("n=5")).resolve("log[1].parquet");
        parquet(
                "SELECT * FROM (VALUES (7, encode('Café'), 'nan'::DOUBLE, [1.5, 'nan'::DOUBLE], DATE '2014-07-23'),"
                        + " (8, NULL, 'infinity', [], NULL)) t(n, title, price, list, day)",
                file);
        parquet("SELECT 1 AS n", folder.resolve("n=5").resolve("log1.parquet"));
        assertThat(rows(TableFile.of(file), "n", "title", "price", "list", "day"))
                .containsExactly("7|Café||1.5|2014-07-23", "8||inf||");
        Table timed = Table.open(TableFile.of(file), Optional.of("day"));
        assertThat(timed.knowsTimes()).isTrue();
        List<String> times = new ArrayList<>();
        timed.forEach(List.of("day"), row -> times.add(row.text(0)));
        assertThat(times).containsExactly("1406073600", "");

        Path bytes = folder.resolve("b.parquet");
        parquet("SELECT * FROM (VALUES ('x'::BLOB), ('\\xFF'::BLOB)) t(title)", bytes);
        assertThatThrownBy(() -> rows(TableFile.of(bytes), "title"))
                .hasMessageContaining(bytes + ", row 2: column 'title' has bytes that are not UTF-8");
    }

    @Test
    void parquetTimesWithAZoneInNanoseconds() throws Exception {
        Path file = folder.resolve("t.parquet");
        parquet("SELECT CAST(TIMESTAMPTZ '2014-07-23 10:00:01.9+02' AS TIMESTAMPTZ_NS) AS time", file);
        List<String> times = new ArrayList<>();
        Table.open(TableFile.of(file), Optional.of("time")).forEach(List.of("time"), row -> times.add(row.text(0)));
        assertThat(times).containsExactly("1406102401");
    }

    /** DuckDB takes both names for one, and gives the second another name, which may be that of a third column. */
    @Test
    void parquetColumnsWhoseNamesDifferInCaseAlone() throws Exception {
        Path file = folder.resolve("t.parquet");
        parquet("SELECT 'a' AS User, 'b' AS xser, 'c' AS user_1, [1] AS list, 'd' AS xist", file);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("xser", "user").replace("xist", "list"), StandardCharsets.ISO_8859_1);
        assertThat(rows(TableFile.of(file), "User", "user", "user_1")).containsExactly("a|b|c");
        assertThat(fault(file)).contains("has two columns 'list'");
    }

    @Test
    void nestedValuesAreRefusedInPlaceOfBeingMissing() throws Exception {
        Path json = write(
                "t.jsonl",
                "{\"a\": \"x\", \"b\": {}}\n{\"a\": {\"en\": \"x\"}}\n{\"a\": [{\"en\": \"x\"}]}\n"
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> rows(TableFile.of(json), "a"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(Object::toString)
                                .allSatisfy(problem -> assertThat(problem).contains("a JSON object in column 'a'"))
                                .satisfiesExactly(
                                        second -> assertThat(second).startsWith(json + ":2"),
                                        third -> assertThat(third).startsWith(json + ":3")));
        assertThat(rows(TableFile.of(json), "b")).containsExactly("", "", "");
        Path python = write("t.py", "{'a': 'x', 'b': {}}\n{'a': [{'en': 'x'}]}\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> rows(TableFile.of(python, TableFormat.PYTHON_LINES), "a"))
                .hasMessageContaining(python + ":2: has a dictionary in column 'a'");
        assertThat(rows(TableFile.of(python, TableFormat.PYTHON_LINES), "b")).containsExactly("", "");
        for (String nested : List.of("{'en': 'x'}", "[{'en': 'x'}]", "MAP {'en': 'x'}")) {
            Path file = folder.resolve("t.parquet");
            parquet("SELECT " + nested + " AS a, 1 AS b", file);
            assertThat(fault(file)).contains("column 'a' is of type", "only texts, numbers and lists");
            assertThat(rows(TableFile.of(file), "b")).containsExactly("1");
        }
    }

    @Test
    void aFolderOfPartsIsOneTable() throws Exception {
        Path parts = Files.createDirectories(folder.resolve("log.parquet"));
        parquet("SELECT 3 AS n", parts.resolve("part-00001.parquet"));
        parquet("SELECT * FROM (VALUES (1), (2)) t(n)", parts.resolve("part-00000.parquet"));
        Files.writeString(parts.resolve("_SUCCESS"), "");
        Files.writeString(parts.resolve(".part-00000.parquet.crc"), "x");
        Table table = Table.open(TableFile.of(parts));
        List<String> seen = new ArrayList<>();
        table.forEach(List.of("n"), row -> seen.add(row.number() + ":" + row.text(0)));
        assertThat(seen).containsExactly("0:1", "1:2", "2:3");
        assertThat(table.place(1)).isEqualTo(parts.resolve("part-00000.parquet") + ", row 2");
        assertThat(table.place(2)).isEqualTo(parts.resolve("part-00001.parquet") + ", row 1");
        Files.createDirectories(parts.resolve("day=1"));
        assertThat(fault(parts)).contains("contains the folder 'day=1'");
        Files.delete(parts.resolve("day=1"));
        Files.writeString(parts.resolve("x.csv"), "n\n1\n");
        assertThat(fault(parts)).contains("different kinds (csv, parquet)");
    }

    private static String lines(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static ZipOutputStream zip(OutputStream target, String name) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(target);
        zip.putNextEntry(new ZipEntry(name));
        return zip;
    }

    private static byte[] packed(Packing packing, byte[] bytes) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream stream = packing.open(target)) {
            stream.write(bytes);
        }
        return target.toByteArray();
    }

    private static void parquet(String query, Path file) throws SQLException {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t AS " + query);
            DuckDb.writeParquet(connection, "t", file);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** The error on reading all columns of a file. */
    private static String fault(Path file) {
        InvalidInputException[] refusal = new InvalidInputException[1];
        assertThatThrownBy(() -> {
                    Table table = Table.open(TableFile.of(file));
                    table.forEach(table.columns(), row -> {});
                })
                .isInstanceOfSatisfying(InvalidInputException.class, e -> refusal[0] = e);
        return String.valueOf(refusal[0].problems().get(0));
    }

    private static List<String> rows(TableFile file, String... columns) {
        List<String> rows = new ArrayList<>();
        Table.open(file).forEach(List.of(columns), row -> {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns.length; column++) {
                cells.add(row.text(column));
            }
            rows.add(String.join("|", cells));
        });
        return rows;
    }
}

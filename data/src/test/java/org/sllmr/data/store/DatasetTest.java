// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.SourceFile;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;

class DatasetTest {
    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void place() {
        folder = parent.resolve("set");
    }

    @Test
    void aDatasetReadsBackAsWritten() {
        Dataset written = dataset();
        DatasetWriter.write(written, folder, false);

        Dataset opened = Dataset.open(folder);

        Dataset.verify(folder);
        assertThat(opened.manifest()).isEqualTo(written.manifest());
        TrainingData expected = written.trainingData();
        TrainingData found = opened.trainingData();
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
        assertThat(opened.testData()).usingRecursiveComparison().isEqualTo(written.testData());
        assertThat(found.hash()).hasSize(64).isEqualTo(written.manifest().contentHash());
        assertThat(found.catalogue().text("title").orElseThrow().values())
                .containsExactly("", "line\nbreak \"quoted\"", "日本語 😀", "x".repeat(100_000), "e");
        assertOnlyTheDataset();
    }

    @Test
    void theSameDatasetGivesTheSameBytes() throws IOException {
        DatasetWriter.write(dataset(), folder, false);
        DatasetWriter.write(dataset(), parent.resolve("again"), false);

        Map<String, byte[]> first = bytes(folder);
        Map<String, byte[]> second = bytes(parent.resolve("again"));
        assertThat(first.keySet()).hasSizeGreaterThan(15).isEqualTo(second.keySet());
        first.forEach((name, content) ->
                assertThat(Arrays.equals(content, second.get(name))).as(name).isTrue());
    }

    @Test
    void columnsAreLittleEndian() throws IOException {
        DatasetWriter.write(dataset(), folder, false);

        assertThat(folder.resolve("log.items.i32")).hasBinaryContent(new byte[] {
            0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0
        });
        assertThat(Files.readAllBytes(folder.resolve("log.times.i64"))).startsWith(10, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void fieldNamesArePartOfTheHash() {
        Contents contents = contents("brand");

        assertThat(Dataset.of(contents, origin("a")).manifest().contentHash())
                .isEqualTo(Dataset.of(contents, origin("b")).manifest().contentHash())
                .isNotEqualTo(
                        Dataset.of(contents("maker"), origin("a")).manifest().contentHash());
    }

    @Test
    void damageIsReportedForEveryFile() throws IOException {
        DatasetWriter.write(dataset(), folder, false);
        Path items = folder.resolve("log.items.i32");
        byte[] whole = Files.readAllBytes(items);

        byte[] changed = whole.clone();
        changed[0] = 2;
        Files.write(items, changed);
        assertInvalid("log.items.i32: has SHA-256");
        assertThatThrownBy(() -> Dataset.verify(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(items.toString())
                .hasMessageContaining("SHA-256");

        Path ids = folder.resolve("users.ids.utf8");
        Files.writeString(ids, "UV");
        assertThatThrownBy(() -> Dataset.open(folder))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.where())
                                .containsExactly(items.toString(), ids.toString()));

        Files.write(items, new byte[3]);
        Files.delete(folder.resolve("users.ids.utf8"));
        assertThatThrownBy(() -> Dataset.open(folder))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.where()
                                        .substring(folder.toString().length() + 1))
                                .containsExactly("log.items.i32", "users.ids.utf8"))
                .hasMessageContaining("has 3 bytes, its manifest says 28")
                .hasMessageContaining("is missing");
    }

    @Test
    void damageAnywhereIsRefusedWithTheFileName() throws IOException {
        DatasetWriter.write(dataset(), folder, false);
        for (Map.Entry<String, byte[]> file : bytes(folder).entrySet()) {
            for (int at = 0; at < Math.min(file.getValue().length, 60); at += 7) {
                byte[] changed = file.getValue().clone();
                changed[at] ^= (byte) 0x91;
                Files.write(folder.resolve(file.getKey()), changed);
                assertInvalid(file.getKey());
            }
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Dataset.verify(folder);
    }

    @Test
    void foldersThatAreNotDatasetsAreRefused() throws IOException {
        assertInvalid("is not a folder; run 'sllmr data prepare'");
        Files.createDirectory(folder);
        assertInvalid("is not a dataset: it has no manifest.json");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": \"other\"}");
        assertInvalid("is not the manifest of a dataset");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": \"sllmr-dataset\", \"formatVersion\": 9}");
        assertInvalid("has format version 9, this program reads 2 and 3");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": ");
        assertInvalid("is damaged");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": \"sllmr-dataset\", \"formatVersion\": 1}");
        assertInvalid("has format version 1, this program reads 2 and 3; prepare the dataset again");
        Files.writeString(folder.resolve("manifest.json"), "{\"format\": \"sllmr-dataset\", \"formatVersion\": 2}");
        assertInvalid("has no valid checksum");
    }

    @Test
    void tooManySamplesForAnArrayAreRefused() {
        // Two users with 2^30 + 2 samples each: more than an int can count.
        Contents small = contents("brand");
        Negatives many = new Negatives((1 << 30) + 1, new int[0], new int[0], new int[0]);
        assertThatThrownBy(
                        () -> new Contents(small.log(), small.catalogue(), small.userIds(), List.of(), List.of(), many))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("negatives: there would be 2147483652 validation samples, at most 2147483639 are possible;"
                        + " draw fewer negatives per positive");
    }

    @Test
    void onlyDatasetsAndEmptyFoldersAreReplaced() throws IOException {
        Files.createDirectory(folder);
        DatasetWriter.write(dataset(), folder, false);
        assertThatThrownBy(() -> DatasetWriter.write(dataset(), folder, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("already contains a dataset");
        Files.writeString(folder.resolve("stale"), "of an older one");

        DatasetWriter.write(dataset(), folder, true);

        assertThat(folder.resolve("stale")).doesNotExist();
        Dataset.verify(folder);
        assertOnlyTheDataset();
        Path other = Files.createDirectory(parent.resolve("other"));
        Files.writeString(other.resolve("thesis.tex"), "years of work");
        assertThatThrownBy(() -> DatasetWriter.write(dataset(), other, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not a dataset, so it is not replaced");
        assertThat(other.resolve("thesis.tex")).hasContent("years of work");
    }

    @Test
    void aFolderThatCannotBeCreatedIsRefused() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> DatasetWriter.write(dataset(), file.resolve("set"), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file + " is a file, not a folder; choose another place");
    }

    private void assertInvalid(String message) {
        assertThatThrownBy(() -> Dataset.open(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(message);
    }

    private void assertOnlyTheDataset() {
        try (Stream<Path> files = Files.list(parent)) {
            assertThat(files).containsExactly(folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, byte[]> bytes(Path folder) throws IOException {
        Map<String, byte[]> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    private static Dataset dataset() {
        return Dataset.of(contents("brand"), origin("test"));
    }

    private static DatasetOrigin origin(String name) {
        return new DatasetOrigin(
                name, -5, List.of(new SourceFile("log.tsv", 12, "ab")), Map.of("core", 5, "files", List.of("a", "b")));
    }

    private static Contents contents(String itemField) {
        InteractionLog log = InteractionLog.of(new int[] {0, 4, 7}, new int[] {0, 1, 2, 3, 2, 1, 4}, new long[] {
            266, 2, 3, 4, InteractionLog.NO_TIME, 6, 7
        });
        Vocabulary itemIds = new Vocabulary(List.of("a", "b", "ü", "d", "e"));
        List<String> titles = List.of("", "line\nbreak \"quoted\"", "日本語 😀", "x".repeat(100_000), "e");
        return new Contents(
                log,
                new Catalogue(
                        itemIds, List.of(column(itemField, 5)), List.of(new Catalogue.TextColumn("title", titles))),
                new Vocabulary(List.of("u", "v")),
                List.of(column("city", 2)),
                List.of(column("device", 7)),
                new Negatives(1, new int[] {4}, new int[] {4, 0}, new int[] {4, 3}));
    }

    private static Column column(String name, int rows) {
        ColumnBuilder column = new ColumnBuilder(name);
        for (int row = 0; row < rows; row++) {
            List<String> values = new ArrayList<>();
            for (int value = 0; value < row % 3; value++) {
                values.add("value " + value * row);
            }
            column.add(values);
        }
        return column.build();
    }
}

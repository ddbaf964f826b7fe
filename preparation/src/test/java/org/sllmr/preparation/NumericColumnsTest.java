// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.database.DuckDb;
import org.sllmr.preparation.read.FieldSettings;
import org.sllmr.preparation.read.InteractionSource;
import org.sllmr.preparation.read.ItemSource;
import org.sllmr.preparation.read.PartFiles;
import org.sllmr.preparation.read.SourceSettings;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.preparation.read.TableFormat;
import org.sllmr.preparation.read.UserSource;
import org.sllmr.preparation.read.VectorSource;

/** Numbers and vectors from files of every form to a dataset folder, and what is wrong with them. */
class NumericColumnsTest {
    private static final String LOG = """
            user,item,time,hour
            u,a,3,1.5
            u,b,1,
            v,c,1,3
            u,c,2,2
            v,d,2,4
            v,a,3,5
            """;

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private InteractionSource log() throws IOException {
        return new InteractionSource(
                TableFile.of(write("log.csv", LOG)),
                Optional.of("user"),
                "item",
                Optional.of("time"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of("hour"),
                Optional.empty(),
                PartFiles.none());
    }

    private TrainingData prepare(ItemSource items, Optional<UserSource> users) throws IOException {
        Path out = folder.resolve("out");
        Preparation.run(
                PreparationSettings.of("numbers", new SourceSettings(log(), Optional.of(items), users)),
                out,
                true,
                ProgressListener.NONE);
        return Dataset.open(out).trainingData();
    }

    private static ItemSource items(Path file, List<String> numbers, List<String> vectors, VectorSource... files) {
        return new ItemSource(TableFile.of(file), "item", List.of(), List.of(), numbers, vectors, List.of(files));
    }

    @Test
    void numbersOfAllSidesAndVectorsOfJsonLines() throws IOException {
        Path items = write("items.jsonl", """
                {"item": "a", "price": 3.5, "image": [1, 2, 3]}
                {"item": "b", "price": null, "image": [0.5, -1e-1, 0]}
                {"item": "c", "price": "7", "image": [4, 5, 6]}
                {"item": "d", "image": [0, 0, 0]}
                """);
        Path users = write("users.csv", "user,age,taste\nv,33,1 2\nu,,\"[3, 4]\"\n");
        TrainingData data = prepare(
                items(items, List.of("price"), List.of("image")),
                Optional.of(new UserSource(
                        TableFile.of(users), "user", List.of(), List.of("age"), List.of("taste"), List.of())));
        assertThat(data.catalogue().ids().values()).containsExactly("a", "b", "c", "d");
        assertThat(data.catalogue().numbers().get(0).values()).containsExactly(3.5f, Float.NaN, 7, Float.NaN);
        assertThat(data.catalogue().vectors().get(0).values())
                .containsExactly(1, 2, 3, 0.5f, -0.1f, 0, 4, 5, 6, 0, 0, 0);
        assertThat(data.userIds().values()).containsExactly("u", "v");
        assertThat(data.numeric().userNumbers().get(0).values()).containsExactly(Float.NaN, 33);
        assertThat(data.numeric().userVectors().get(0).values()).containsExactly(3, 4, 1, 2);
        // In the order of users and times: u takes b, c, a, and v takes c, d, a.
        assertThat(data.numeric().contextNumbers().get(0).values()).containsExactly(Float.NaN, 2, 1.5f, 3, 4, 5);
    }

    @Test
    void vectorsOfParquetAndOfAFileById() throws Exception {
        Path items = folder.resolve("items.parquet");
        try (var connection = DuckDb.inMemory();
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM (VALUES ('a', 1.5, [1.0, 2.0]), ('b', 'nan'::DOUBLE, [3.0, 4.0]),"
                    + " ('c', 2.5, [5.0, 6.0]), ('d', NULL, [7.0, 8.0])) t(item, price, image)) TO '" + items
                    + "' (FORMAT parquet)");
        }
        Path vectors = write("vectors.tsv", "item\tvector\nd\t9 9 9\nc\t[1,2,3]\nz\t0 0 0\nb\t4;5;6\na\t7|8|9\n");
        TrainingData data = prepare(
                items(
                        items,
                        List.of("price"),
                        List.of("image"),
                        new VectorSource(TableFile.of(vectors), "item", "vector")),
                Optional.empty());
        assertThat(data.catalogue().numbers().get(0).values()).containsExactly(1.5f, Float.NaN, 2.5f, Float.NaN);
        assertThat(data.catalogue().vectors().get(0).values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(data.catalogue().vectors().get(1).values()).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3, 9, 9, 9);
    }

    @Test
    void everyBadNumberIsNamedWithItsLine() throws IOException {
        Path items =
                write("items.csv", "item,price,image\na,cheap,1 2\nb,NaN,1 2 3\nc,1e99,1 x\nd,4,\ne,Infinity,1 1e99\n");
        assertThatThrownBy(() -> prepare(items(items, List.of("price"), List.of("image")), Optional.empty()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        thrown -> assertThat(thrown.problems())
                                .extracting(Problem::toString)
                                .satisfiesExactly(
                                        what -> named(what, ":2", "'cheap' in number column 'price' is not a number"),
                                        what -> named(what, ":3", "'NaN' in number column 'price' is not a number"),
                                        what -> named(what, ":4", "'1e99' in number column 'price' is too large"),
                                        what -> named(what, ":4", "'x' in vector column 'image' is not a number"),
                                        what -> named(what, ":5", "has no vector in column 'image'"),
                                        what -> named(
                                                what, ":6", "'Infinity' in number column 'price' is not a number"),
                                        what -> named(what, ":6", "'1e99' in vector column 'image' is too large"),
                                        what -> named(what, ":3", "has 3 numbers, but those of 3 rows")));
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aMissingElementIsNamedAndMovesNoOther() throws Exception {
        refusesElement(2, "items.jsonl:2", """
                {"item": "a", "image": [1.5, 2.5, 3.5]}
                {"item": "b", "image": [3.5, null, 4.5]}
                {"item": "c", "image": [4, 5, 6]}
                {"item": "d", "image": [0, 0, 0]}
                """);
        // Without the missing ones, all would have two numbers.
        refusesElement(1, "items.jsonl:2", """
                {"item": "a", "image": [3.5, NaN, 4.5]}
                {"item": "b", "image": [null, 1.5, 2.5]}
                {"item": "c", "image": [1.5, 2.5, "NaN"]}
                {"item": "d", "image": [1.5, "NaN", 2.5]}
                """);
        refusesElement(2, "items.csv:3", "item,image\na,\"[0.1,0.2,0.3]\"\nb,\"[0.1,,0.2]\"\nc,\"1,2,3\"\nd,1 2 3\n");
        refusesElement(3, "items.csv:4", "item,image\na,\"[0.1,0.2,0.3]\"\nb,0.1  | 5  0.2\nc,\"1, 2, \"\nd,1 2 3\n");
        refusesElement(2, "items.py:1", """
                {'item': 'a', 'image': [3.5, None, 4.5]}
                {'item': 'b', 'image': [1.5, 1.5, 2.5]}
                {'item': 'c', 'image': [1.5, 2.5, nan]}
                {'item': 'd', 'image': [1.5, 2.5, 2.5]}
                """);
        for (String none : List.of("NULL", "'nan'::DOUBLE")) {
            Path items = folder.resolve("items.parquet");
            Files.deleteIfExists(items);
            try (var connection = DuckDb.inMemory();
                    var statement = connection.createStatement()) {
                statement.execute("COPY (SELECT * FROM (VALUES ('a', [1.0::DOUBLE, 2.0]), ('b', [" + none
                        + ", 4.0]), ('c', [5.0, 6.0]), ('d', [7.0, 8.0])) t(item, image)) TO '" + items
                        + "' (FORMAT parquet)");
            }
            refusesElement(1, "items.parquet, row 2", items);
        }
    }

    private void refusesElement(int element, String place, String text) throws IOException {
        refusesElement(element, place, write(place.substring(0, place.indexOf(':')), text));
    }

    private void refusesElement(int element, String place, Path items) {
        TableFile file = items.toString().endsWith(".py")
                ? new TableFile(
                        items, Optional.of(TableFormat.PYTHON_LINES), Optional.empty(), Optional.empty(), List.of())
                : TableFile.of(items);
        assertThatThrownBy(() -> prepare(
                        new ItemSource(file, "item", List.of(), List.of(), List.of(), List.of("image"), List.of()),
                        Optional.empty()))
                .as(place)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place + ": element " + element + " in vector column 'image' is missing")
                .hasMessageNotContaining("numbers, but");
    }

    @Test
    void theRowsOfAnotherWidthThanMostAreNamedEvenIfTheFirstIsOne() throws IOException {
        Path items = write("items.csv", "item,image\na,1 2 3\nb,1 2\nc,3 4\nd,5 6\n");
        assertThatThrownBy(() -> prepare(items(items, List.of(), List.of("image")), Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(items + ":2: the vector in column 'image' has 3 numbers, but those of 3 rows, the first of"
                        + " them " + items + ":3, have 2; all must have as many");
        write("items.csv", "item,image\na,1 2 3\nb,4\n");
        assertThatThrownBy(() -> prepare(items(items, List.of(), List.of("image")), Optional.empty()))
                .hasMessage(items + ":3: the vector in column 'image' has 1 number, but that of " + items
                        + ":2 has 3; all must have as many");
    }

    private static void named(String what, String line, String fault) {
        assertThat(what).contains("items.csv" + line).contains(fault);
    }

    @Test
    void everyItemMustHaveAVector() throws IOException {
        Path items = write("items.csv", "item\na\nb\nc\nd\n");
        Path vectors = write("vectors.csv", "item,vector\na,1 2\nc,3 4\n");
        assertThatThrownBy(() -> prepare(
                        items(items, List.of(), List.of(), new VectorSource(TableFile.of(vectors), "item", "vector")),
                        Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("vectors.csv: has no vector for item 'b' of ")
                .hasMessageContaining("items.csv:3")
                .hasMessageContaining("'d'");
    }

    @Test
    void namesMustDiffer() throws IOException {
        Path items = write("items.csv", "item,price\na,1\n");
        assertThatThrownBy(() -> new ItemSource(
                        TableFile.of(items),
                        "item",
                        List.of(FieldSettings.of("price")),
                        List.of(),
                        List.of("price"),
                        List.of(),
                        List.of()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("numbers: name 'price'");
    }
}

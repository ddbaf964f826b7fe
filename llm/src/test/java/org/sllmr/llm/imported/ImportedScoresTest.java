// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.llm.store.TableExport;
import org.sllmr.preparation.read.RowCondition;
import org.sllmr.preparation.read.TableFile;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.Worlds;

class ImportedScoresTest {
    /** Users 0 to 4, items 0 to 19. */
    private static final TrainingData DATA = Worlds.data(Worlds.log(5, 20, 3, 6, 1), 20);

    @TempDir
    private Path folder;

    private TeacherTableFile read(Path file, boolean skipUnknown) {
        return ImportedScores.read(
                new ImportSettings(TableFile.of(file), "u", "i", "s", "oracle", skipUnknown, Optional.empty()),
                DATA,
                ProgressListener.NONE);
    }

    private Path csv(String rows) throws IOException {
        return Files.writeString(folder.resolve("scores.csv"), "s,u,extra,i\n" + rows);
    }

    @Test
    void rowsInAnyOrderBecomeATable() throws IOException {
        TeacherTableFile read = read(csv("0.5,3,x,7\n1,0,x,19\n,0,x,4\n0,3,x,2\n1e-1,0,x,3\n"), false);
        assertThat(read.table().offsets()).containsExactly(0, 2, 2, 2, 4, 4);
        assertThat(read.table().items()).containsExactly(3, 19, 2, 7);
        assertThat(read.table().scores()).containsExactly(0.1f, 1, 0, 0.5f);
        assertThat(read.provenance().teacher()).isEqualTo("oracle");
        assertThat(read.provenance().asked()).isEqualTo(5);
        assertThat(read.provenance().scored()).isEqualTo(4);
        assertThat(read.provenance().usersScored()).isEqualTo(2);
        assertThat(read.provenance().itemsScored()).isEqualTo(4);
        assertThat(read.provenance().answered()).isEqualTo(Map.of("IMPORTED", 4));
        Path out = folder.resolve("table");
        read.write(out);
        assertThat(TeacherTableFile.read(out, DATA).provenance()).isEqualTo(read.provenance());
    }

    private TeacherTableFile ranks(String rows, ImportForm form, boolean skipTaken, String... where)
            throws IOException {
        Path file = Files.writeString(folder.resolve("ranks.csv"), "m,u,i,rank\n" + rows);
        return ImportedScores.read(
                new ImportSettings(
                        TableFile.of(file),
                        "u",
                        "i",
                        "rank",
                        form,
                        Stream.of(where)
                                .map(text -> RowCondition.parse("--where", text))
                                .toList(),
                        "model",
                        false,
                        skipTaken,
                        false,
                        Optional.empty()),
                DATA,
                ProgressListener.NONE);
    }

    private static int last(int user) {
        return DATA.log().item(user, DATA.log().length(user) - 1);
    }

    /** Items that a user did not take in training. */
    private static List<Integer> untaken(int user) {
        return IntStream.range(0, 20)
                .filter(item -> IntStream.range(0, DATA.log().length(user))
                        .noneMatch(position -> DATA.log().item(user, position) == item))
                .boxed()
                .toList();
    }

    @Test
    void ranksBecomeScoresByTheLengthOfTheUsersList() throws IOException {
        List<Integer> items = untaken(0);
        StringBuilder rows = new StringBuilder();
        String[] ranks = {"2", "", "1", "", ""};
        for (int at = 0; at < ranks.length; at++) {
            rows.append("a,0,")
                    .append(items.get(at))
                    .append(',')
                    .append(ranks[at])
                    .append('\n');
            // Another model's answers of the same items, and a user of whom nothing was ranked.
            rows.append("b,0,").append(items.get(at)).append(",1\n");
        }
        rows.append("a,1,0,\na,1,1,\n");

        TeacherTableFile last = ranks(rows.toString(), ImportForm.RANKS_OTHERS_LAST, false, "m = a");
        assertThat(last.table().from(1))
                .as("user 1 has no scores")
                .isEqualTo(last.table().to(1));
        // Places 3, 4 and 5 are left to three items: 4 at the mean, so 1 - 3 / 4.
        assertThat(scores(last, items)).containsExactly(0.75f, 0.25f, 1f, 0.25f, 0.25f);
        assertThat(last.provenance().asked()).isEqualTo(7);
        assertThat(last.provenance().settings())
                .containsEntry("where", "m = a")
                .containsEntry("ranks", "others last")
                .containsEntry("users without ranks", "1");

        TeacherTableFile only = ranks(rows.toString(), ImportForm.RANKS_ONLY, false, "m = a", "u <= 3");
        assertThat(scores(only, items)).containsExactly(0.75f, Float.NaN, 1f, Float.NaN, Float.NaN);
    }

    private static List<Float> scores(TeacherTableFile file, List<Integer> items) {
        return items.subList(0, 5).stream()
                .map(item -> {
                    int index = file.table().indexOf(0, item);
                    return index < 0 ? Float.NaN : file.table().scores()[index];
                })
                .toList();
    }

    @Test
    void ranksThatCannotBeAreRefusedByRow() {
        assertThatThrownBy(
                        () -> ranks("a,0,1,0\na,0,2,1.5\na,0,3,6\na,0,4,first\n", ImportForm.RANKS_OTHERS_LAST, true))
                .hasMessageContaining("4 rows whose rank is not a whole number from 1")
                .hasMessageContaining("'0' (")
                .hasMessageContaining("--where");
        assertThatThrownBy(() -> ranks("a,0,1,1\na,0,2,3\n", ImportForm.RANKS_ONLY, false))
                .hasMessageContaining("1 row whose rank is not a whole number from 1")
                .hasMessageContaining("'3' (");
        assertThatThrownBy(() -> ranks("a,0,1,1\n", ImportForm.RANKS_ONLY, false, "m"))
                .hasMessageContaining("--where")
                .hasMessageContaining("is 'm'");
        assertThatThrownBy(() -> ranks("a,0,1,1\n", ImportForm.RANKS_ONLY, false, "m > 3"))
                .hasMessageContaining("ranks.csv:2")
                .hasMessageContaining("'a' in column 'm' is not a number");
    }

    @Test
    void itemsTakenInTrainingCountInTheListAndAreLeftOut() throws IOException {
        // A user whose last item is none of the earlier ones.
        int user = IntStream.range(0, DATA.log().users())
                .filter(one -> IntStream.range(0, DATA.log().length(one) - 1)
                        .noneMatch(position -> DATA.log().item(one, position) == last(one)))
                .findFirst()
                .orElseThrow();
        List<Integer> items = untaken(user);
        String rows =
                "a,%1$d,%2$d,1\na,%1$d,%3$d,2\na,%1$d,%4$d,3\n".formatted(user, last(user), items.get(0), items.get(1));
        assertThat(ranks(rows, ImportForm.RANKS_ONLY, true).table().scores()).containsExactly(0.5f, 0);
        assertThatThrownBy(() -> ranks(rows, ImportForm.RANKS_ONLY, false)).hasMessageContaining("--skip-taken");
    }

    @Test
    void parquetIsReadToo() throws Exception {
        Path file = folder.resolve("scores.parquet");
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute("COPY (SELECT * FROM (VALUES ('3', '7', 0.5::DOUBLE), ('0', '19', 1.0), ('0', '2', NULL))"
                    + " AS t(u, i, s)) TO '" + file + "' (FORMAT parquet)");
        }
        TeacherTableFile read = read(file, false);
        assertThat(read.table().items()).containsExactly(19, 7);
        assertThat(read.table().scores()).containsExactly(1, 0.5f);
        assertThat(read.provenance().asked()).isEqualTo(3);
    }

    @Test
    void everyKindOfProblemIsCountedWithExamples() throws IOException {
        Path file = csv("0.5,99,x,7\n0.5,3,x,77\n0.5,3,x,78\n0.5,3,x,79\n0.5,3,x,80\n"
                + "1.5,3,x,7\n-1,3,x,7\nNaN,3,x,7\nhigh,3,x,7\n0.1,1,x,1\n0.2,1,x,1\n");
        AbstractThrowableAssert<?, ?> thrown =
                assertThatThrownBy(() -> read(file, false)).isInstanceOf(InvalidInputException.class);
        thrown.hasMessageContaining("1 row with a user that the dataset does not have: '99' (" + file + ":2)");
        thrown.hasMessageContaining("4 rows with an item that the dataset does not have: '77' (" + file + ":3)");
        thrown.hasMessageContaining(":5), ...; check --item, or skip them with --skip-unknown");
        thrown.hasMessageContaining("4 rows whose score is not a number from 0 to 1: '1.5' (" + file + ":7)");
        thrown.hasMessageContaining(
                "1 row for a user and item that an earlier row has too: '1', '1' (" + file + ":12)");
    }

    @Test
    void unknownUsersAndItemsCanBeSkipped() throws IOException {
        TeacherTableFile read = read(csv("0.5,99,x,7\n0.5,3,x,77\n0.5,3,x,7\n"), true);
        assertThat(read.table().size()).isEqualTo(1);
        assertThat(read.provenance().asked()).isEqualTo(1);
        assertThatThrownBy(() -> read(csv("2,99,x,7\n"), true)).hasMessageContaining("not a number from 0 to 1");
        assertThatThrownBy(() -> read(csv("0.5,99,x,7\n"), true)).hasMessageContaining("has no score for dataset");
        assertThatThrownBy(() -> read(Files.writeString(folder.resolve("b.csv"), "u,i\n1,2\n"), true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'s'");
    }

    /** The export is for programs, so it does not change ids, even those that a spreadsheet would take for formulas. */
    @Test
    void exportedIdsReadBackUnchanged() throws IOException {
        List<String> ids = List.of("=1+1", "-a", "@b", "+c", "'d", "e,\"f\"\ng");
        TrainingData world = Worlds.data(Worlds.log(6, 6, 3, 5, 1), 6);
        Vocabulary vocabulary = new Vocabulary(ids);
        TrainingData data = new TrainingData(
                world.name(),
                world.hash(),
                world.log(),
                new Catalogue(vocabulary, List.of(), List.of()),
                vocabulary,
                List.of(),
                List.of(),
                world.training(),
                world.validation().samples());
        int[] items = IntStream.range(0, 6)
                .map(user -> (world.log().item(user, world.log().length(user) - 1) + 1) % 6)
                .toArray();
        TeacherTable table = new TeacherTable(
                IntStream.rangeClosed(0, 6).toArray(), items, new float[] {0, 0.1f, 0.2f, 0.3f, 0.4f, 1});
        for (TableExport.Format format : TableExport.Format.values()) {
            Path file = folder.resolve("export." + format.name().toLowerCase(Locale.ROOT));
            TableExport.write(table, Optional.of(data), format, file);
            TeacherTable read = ImportedScores.read(
                            new ImportSettings(
                                    TableFile.of(file),
                                    "user_id",
                                    "item_id",
                                    "score",
                                    "export",
                                    false,
                                    Optional.empty()),
                            data,
                            ProgressListener.NONE)
                    .table();
            assertThat(read.offsets()).as("%s", format).isEqualTo(table.offsets());
            assertThat(read.items()).as("%s", format).isEqualTo(table.items());
            assertThat(read.scores()).as("%s", format).isEqualTo(table.scores());
        }
    }
}

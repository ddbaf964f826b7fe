// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.database.DuckDb;
import tools.jackson.databind.json.JsonMapper;

/** The files that tasks on Spark write, some of them in the middle of a run. */
class StoreOfTasksTest {
    @TempDir
    private Path folder;

    private Path store;

    @BeforeEach
    void makeStore() throws IOException {
        store = folder.resolve("it's a store");
        for (int part = 0; part < 3; part++) {
            Files.createDirectories(store.resolve(StoreOfTasks.part(part)));
        }
        Files.writeString(store.resolve(StoreOfTasks.FORM), "{}");
        AnswerStoreTest.PLAN.write(store.resolve("plan"));
        Files.write(
                store.resolve(StoreOfTasks.run(1)),
                JsonMapper.builder().build().writeValueAsBytes(AnswerStoreTest.RUN));
    }

    private void journal(int part, int number, int index) throws IOException {
        Files.write(
                store.resolve(StoreOfTasks.part(part)).resolve(String.format("journal-%06d", number)),
                JournalLines.line(JournalEntry.of(1, AnswerStoreTest.answered(index, "a text"))));
    }

    /** A table with the columns that are read, as tasks on Spark write them. */
    private void table(int part, String name, int index) throws IOException, SQLException {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            statement.execute(Tables.attempt("attempt"));
            statement.execute(Tables.score("score"));
            EntryAppender.append(
                    connection.unwrap(DuckDBConnection.class),
                    "attempt",
                    "score",
                    List.of(JournalEntry.of(1, AnswerStoreTest.answered(index, "a text"))));
            statement.execute("CREATE TABLE with_scores AS SELECT *, (SELECT list(score ORDER BY position) FROM score)"
                    + " AS scores FROM attempt");
            DuckDb.writeParquet(
                    connection,
                    "with_scores",
                    store.resolve(StoreOfTasks.part(part)).resolve(name));
        }
    }

    @Test
    void tablesAndJournalsAreReadAndWhatIsInBothCountsOnce() throws Exception {
        table(0, "attempts-000001-000002.parquet", 0);
        journal(0, 2, 0);
        journal(2, 1, 1);
        Files.writeString(
                store.resolve(StoreOfTasks.part(1)).resolve("attempts-000001-000001.parquet.unfinished"), "x");

        assertThat(StoreReader.isStore(store)).isTrue();
        try (StoreReader reader = StoreReader.open(store)) {
            assertThat(reader.runs()).containsExactly(AnswerStoreTest.RUN);
            assertThat(reader.plan().hash()).isEqualTo(AnswerStoreTest.PLAN.hash());
            StoreSummary summary = reader.summary();
            assertThat(summary.running()).isEmpty();
            assertThat(summary.requests()).isEqualTo(2);
            assertThat(summary.answered()).isEqualTo(2);
            assertThat(summary.attempts()).isEqualTo(2);
            assertThat(summary.scores()).isEqualTo(5);
            assertThat(summary.cost()).isEqualTo(1.0);
            assertThat(StoredScores.table(reader, new Normalization.None())
                            .table()
                            .scores())
                    .containsExactly(0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        }
    }

    @Test
    void aStoreWithoutAnswersIsReadAndOneWithoutARunIsNot() throws Exception {
        try (StoreReader reader = StoreReader.open(store)) {
            assertThat(reader.summary().attempts()).isZero();
        }
        Files.delete(store.resolve(StoreOfTasks.run(1)));
        try (StoreReader reader = StoreReader.open(store)) {
            assertThatThrownBy(reader::summary)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has no run yet");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is moved into the database whole or not at all, or its answers would be counted twice. */
class DatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void aMergeThatFailsLeavesNothing() throws Exception {
        Path file = folder.resolve("answers.duckdb");
        Database.create(file);
        // The last of many is missing, so the others were appended before it fails.
        List<JournalEntry> entries = new ArrayList<>();
        for (int index = 0; index < 5_000; index++) {
            entries.add(JournalEntry.of(1, AnswerStoreTest.answered(0, "an answer")));
        }
        List<JournalEntry> broken = new ArrayList<>(entries);
        broken.add(null);
        try (Database database = Database.open(file)) {
            assertThatThrownBy(() -> database.merge(1, broken)).isInstanceOf(NullPointerException.class);
            assertThat(attempts(database)).isZero();
            assertThat(database.merged()).isZero();
        }
        try (Database database = Database.open(file)) {
            assertThat(attempts(database)).isZero();
            assertThat(database.merged()).isZero();
            database.merge(1, entries);
            assertThat(attempts(database)).isEqualTo(entries.size());
            assertThat(database.merged()).isEqualTo(1);
        }
    }

    private static long attempts(Database database) throws SQLException {
        try (Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM attempt")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}

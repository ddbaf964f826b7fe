// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Appends journal entries to the tables of attempts and scores, in the column order of {@link Tables}. */
final class EntryAppender {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EntryAppender() {}

    static void append(DuckDBConnection connection, String attempts, String scores, List<JournalEntry> entries)
            throws SQLException {
        try (DuckDBAppender attempt = connection.createAppender(attempts);
                DuckDBAppender score = connection.createAppender(scores)) {
            for (JournalEntry entry : entries) {
                attempt(attempt, entry);
                scores(score, entry);
            }
            // Closing does it too, but says nothing when it fails, such as on a full disk.
            attempt.flush();
            score.flush();
        }
    }

    private static void attempt(DuckDBAppender row, JournalEntry entry) throws SQLException {
        row.beginRow()
                .append(entry.run())
                .append(entry.key())
                .append(entry.user())
                .append(entry.pass())
                .append(entry.chunk())
                .append(entry.candidates())
                .append(entry.number())
                .appendEpochMicros(entry.started())
                .append(entry.latency() / 1000.0)
                .append(entry.cost())
                .append(entry.outcome())
                .append(entry.detail());
        JournalEntry.@Nullable Received reply = entry.reply();
        if (reply == null) {
            row.appendNull().appendNull().appendNull().appendNull().appendNull();
        } else {
            row.append(reply.text())
                    .append(reply.finish())
                    .append(reply.promptTokens())
                    .append(reply.replyTokens())
                    .append(reply.firstToken().isEmpty() ? null : JSON.writeValueAsString(reply.firstToken()));
        }
        row.endRow();
    }

    private static void scores(DuckDBAppender row, JournalEntry entry) throws SQLException {
        float[] scores = entry.scores();
        if (scores == null) {
            return;
        }
        for (int position = 0; position < scores.length; position++) {
            row.beginRow()
                    .append(entry.user())
                    .append(entry.candidates()[position])
                    .append(entry.pass())
                    .append(entry.chunk())
                    .append(position)
                    .append(scores.length)
                    .append(scores[position])
                    .endRow();
        }
    }
}

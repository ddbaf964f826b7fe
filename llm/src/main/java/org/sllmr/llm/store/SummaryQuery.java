// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query of a summary from the tables of attempts and scores. */
final class SummaryQuery {
    /** Windows after the first show an order that the model has made itself. */
    private static final String FIRST = " WHERE chunk = 0";

    private static final String TOTALS = "SELECT count(*), count(DISTINCT CASE WHEN outcome = '"
            + Attempt.Answered.NAME + "' THEN key END), count(DISTINCT key),"
            + " (SELECT count(*) FROM score) AS scores,"
            + " coalesce(sum(greatest(prompt_tokens, 0)), 0) AS prompt_tokens,"
            + " coalesce(sum(greatest(reply_tokens, 0)), 0) AS reply_tokens,"
            + " coalesce(sum(cost), 0) AS cost,"
            + " coalesce(quantile_disc(latency_ms, 0.5) FILTER (text IS NOT NULL), 0) AS median,"
            + " coalesce(quantile_disc(latency_ms, 0.95) FILTER (text IS NOT NULL), 0) AS slow,"
            + " (SELECT CASE WHEN coalesce(var_pop(position), 0) > 0 AND coalesce(var_pop(score), 0) > 0"
            + " THEN corr(position, score) ELSE 0 END FROM score%s) AS correlation"
            + " FROM attempt";

    private SummaryQuery() {}

    static StoreSummary of(Connection connection, Optional<Boolean> running, List<RunRecord> runs, boolean windows)
            throws SQLException {
        String shuffled = windows ? FIRST : "";
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> faults = faults(statement);
            List<StoreSummary.Position> positions = positions(statement, shuffled);
            try (ResultSet row = statement.executeQuery(TOTALS.formatted(shuffled))) {
                row.next();
                int at = 1;
                long attempts = row.getLong(at++);
                int answered = row.getInt(at++);
                int sent = row.getInt(at);
                return new StoreSummary(
                        running,
                        runs.size(),
                        runs.get(runs.size() - 1).requests(),
                        answered,
                        sent - answered,
                        attempts,
                        faults,
                        row.getLong("scores"),
                        row.getLong("prompt_tokens"),
                        row.getLong("reply_tokens"),
                        row.getDouble("cost"),
                        row.getDouble("median"),
                        row.getDouble("slow"),
                        positions,
                        row.getDouble("correlation"));
            }
        }
    }

    private static Map<String, Long> faults(Statement statement) throws SQLException {
        Map<String, Long> faults = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery("SELECT outcome, count(*) FROM attempt WHERE outcome <> '"
                + Attempt.Answered.NAME + "' GROUP BY outcome ORDER BY count(*) DESC, outcome")) {
            while (rows.next()) {
                faults.put(rows.getString(1), rows.getLong(2));
            }
        }
        return faults;
    }

    private static List<StoreSummary.Position> positions(Statement statement, String shuffled) throws SQLException {
        List<StoreSummary.Position> positions = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT position + 1, count(*), avg(score)" + " FROM score"
                + shuffled + " GROUP BY position ORDER BY position")) {
            while (rows.next()) {
                positions.add(new StoreSummary.Position(rows.getInt(1), rows.getLong(2), rows.getDouble(3)));
            }
        }
        return positions;
    }
}

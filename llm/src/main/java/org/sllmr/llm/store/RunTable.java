// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.llm.request.RequestOrigin;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the table of runs. */
final class RunTable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunTable() {}

    static void add(Connection connection, int number, RunRecord run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO run VALUES (?, make_timestamp(?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int at = 1;
            statement.setInt(at++, number);
            statement.setLong(at++, ChronoUnit.MICROS.between(Instant.EPOCH, run.started()));
            statement.setString(at++, run.origin().provider());
            statement.setString(at++, run.origin().model());
            statement.setString(at++, JSON.writeValueAsString(run.origin().modelSettings()));
            statement.setString(at++, run.address());
            statement.setString(at++, run.origin().form());
            statement.setString(at++, run.origin().formHash());
            statement.setInt(at++, run.origin().candidates());
            statement.setInt(at++, run.passes());
            statement.setInt(at++, run.requests());
            statement.setString(at++, run.origin().planHash());
            statement.setString(at++, run.origin().dataset());
            statement.setString(at++, run.origin().datasetHash());
            statement.setDouble(at++, run.promptPrice());
            statement.setDouble(at++, run.replyPrice());
            statement.setObject(at++, run.budget().orElse(null));
            statement.setString(at, JSON.writeValueAsString(run.adaptations()));
            statement.execute();
        }
    }

    static void adapted(Connection connection, int number, Map<String, String> adaptations) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE run SET adaptations = ? WHERE number = ?")) {
            statement.setString(1, JSON.writeValueAsString(adaptations));
            statement.setInt(2, number);
            statement.execute();
        }
    }

    private static Map<String, String> map(String json) {
        Map<String, String> map = new LinkedHashMap<>();
        JSON.readTree(json)
                .properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
        return map;
    }

    static List<RunRecord> read(Connection connection, String table) throws SQLException {
        List<RunRecord> runs = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT *, epoch_us(started) AS started_us FROM " + table + " ORDER BY number")) {
            while (rows.next()) {
                runs.add(run(rows));
            }
        }
        return runs;
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        double budget = row.getDouble("budget");
        boolean unlimited = row.wasNull();
        return new RunRecord(
                Instant.EPOCH.plus(row.getLong("started_us"), ChronoUnit.MICROS),
                new RequestOrigin(
                        row.getString("dataset"),
                        row.getString("dataset_hash"),
                        row.getString("plan_hash"),
                        row.getString("form"),
                        row.getString("form_hash"),
                        row.getString("provider"),
                        row.getString("model"),
                        map(row.getString("model_settings")),
                        row.getInt("candidates")),
                row.getString("address"),
                row.getInt("passes"),
                row.getInt("requests"),
                row.getDouble("prompt_price"),
                row.getDouble("reply_price"),
                unlimited ? Optional.empty() : Optional.of(budget),
                map(row.getString("adaptations")));
    }
}

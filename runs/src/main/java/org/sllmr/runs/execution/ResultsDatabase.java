// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.WholeFile;
import org.sllmr.data.numeric.Mean;
import org.sllmr.database.DuckDb;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.Provenance;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.SplitMetrics;

/**
 * The results of an experiment as a DuckDB file.
 *
 * <p>Rows are in the order of the grid. All tables except {@code timings} depend only on the seeds, so a resumed
 * experiment has the same contents as one that was never stopped.
 */
final class ResultsDatabase {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE runs (run VARCHAR, data VARCHAR, backbone VARCHAR, framework VARCHAR, seed BIGINT,"
                    + " status VARCHAR, message VARCHAR, best_epoch INTEGER, epochs INTEGER, data_hash VARCHAR,"
                    + " configuration VARCHAR)",
            "CREATE TABLE metrics (run VARCHAR, split VARCHAR, metric VARCHAR, value DOUBLE, samples INTEGER,"
                    + " positives INTEGER)",
            "CREATE TABLE epochs (run VARCHAR, epoch INTEGER, objective_loss DOUBLE, guidance_loss DOUBLE,"
                    + " learning_rate DOUBLE, validation_auc DOUBLE, validation_log_loss DOUBLE, pairs_per_step DOUBLE,"
                    + " mean_hinge DOUBLE, violated_share DOUBLE)",
            "CREATE TABLE gates (run VARCHAR, epoch INTEGER, region VARCHAR, mean_gate DOUBLE)",
            "CREATE TABLE timings (run VARCHAR, started TIMESTAMP, seconds DOUBLE, samples_per_second DOUBLE)",
            "CREATE VIEW summary AS SELECT data, backbone, framework, split, metric, avg(value) AS mean,"
                    + " stddev_samp(value) AS standard_deviation, count(value) AS seeds"
                    + " FROM runs JOIN metrics USING (run) GROUP BY ALL ORDER BY ALL");

    private ResultsDatabase() {}

    /**
     * Writes the file atomically.
     *
     * @throws InvalidInputException if it cannot be written
     */
    public static void write(Path file, List<RunOutcome> outcomes) {
        try {
            WholeFile.write(file, beside -> {
                try {
                    fill(beside, outcomes);
                } catch (SQLException e) {
                    throw new IOException(e.getMessage(), e);
                }
            });
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(), "cannot be written: " + Reason.of(e) + "; free some space and start again");
        }
    }

    private static void fill(Path file, List<RunOutcome> outcomes) throws SQLException {
        try (Connection connection = DuckDb.open(file)) {
            try (Statement statement = connection.createStatement()) {
                for (String table : SCHEMA) {
                    statement.execute(table);
                }
            }
            DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
            try (DuckDBAppender runs = duck.createAppender("runs");
                    DuckDBAppender metrics = duck.createAppender("metrics");
                    DuckDBAppender epochs = duck.createAppender("epochs");
                    DuckDBAppender gates = duck.createAppender("gates");
                    DuckDBAppender timings = duck.createAppender("timings")) {
                for (RunOutcome outcome : outcomes) {
                    run(outcome, runs);
                    if (outcome instanceof RunOutcome.Finished finished) {
                        RunContents contents = finished.contents();
                        metrics(outcome.name(), "validation", contents.metrics().validation(), metrics);
                        metrics(outcome.name(), "test", contents.metrics().test(), metrics);
                        for (EpochResult epoch : contents.epochs()) {
                            epoch(outcome.name(), epoch, epochs, gates);
                        }
                        timing(outcome.name(), contents, timings);
                    }
                }
                // Closing does it too, but says nothing when it fails.
                for (DuckDBAppender table : List.of(runs, metrics, epochs, gates, timings)) {
                    table.flush();
                }
            }
        }
    }

    private static void run(RunOutcome outcome, DuckDBAppender runs) throws SQLException {
        runs.beginRow()
                .append(outcome.name())
                .append(outcome.cell().data())
                .append(outcome.cell().backbone())
                .append(outcome.cell().framework())
                .append(outcome.seed());
        if (outcome instanceof RunOutcome.Finished finished) {
            RunContents contents = finished.contents();
            runs.append("finished")
                    .appendNull()
                    .append(contents.metrics().bestEpoch())
                    .append(contents.metrics().epochs())
                    .append(contents.provenance().dataHash())
                    .append(contents.configuration());
        } else if (outcome instanceof RunOutcome.Failed failed) {
            runs.append("failed")
                    .append(failed.message())
                    .appendNull()
                    .appendNull()
                    .appendNull()
                    .appendNull();
        }
        runs.endRow();
    }

    private static void metrics(String run, String split, SplitMetrics values, DuckDBAppender metrics)
            throws SQLException {
        for (Map.Entry<SampleMetric, Measurement> metric : values.all().entrySet()) {
            metrics.beginRow().append(run).append(split).append(metric.getKey().key());
            number(metric.getValue().value(), metrics);
            metrics.append(metric.getValue().samples())
                    .append(metric.getValue().positives())
                    .endRow();
        }
    }

    private static void epoch(String run, EpochResult epoch, DuckDBAppender epochs, DuckDBAppender gates)
            throws SQLException {
        epochs.beginRow()
                .append(run)
                .append(epoch.epoch())
                .append(epoch.objectiveLoss())
                .append(epoch.guidanceLoss())
                .append(epoch.learningRate());
        number(epoch.validation().value(SampleMetric.AUC), epochs);
        number(epoch.validation().value(SampleMetric.LOG_LOSS), epochs);
        if (epoch.guidance().isPresent()) {
            GuidanceEpoch guidance = epoch.guidance().get();
            epochs.append(guidance.pairsPerStep()).append(guidance.meanHinge()).append(guidance.violatedShare());
            for (Map.Entry<String, Double> region : guidance.meanByRegion().entrySet()) {
                gates.beginRow()
                        .append(run)
                        .append(epoch.epoch())
                        .append(region.getKey())
                        .append(region.getValue().doubleValue())
                        .endRow();
            }
        } else {
            epochs.appendNull().appendNull().appendNull();
        }
        epochs.endRow();
    }

    private static void timing(String run, RunContents contents, DuckDBAppender timings) throws SQLException {
        Provenance provenance = contents.provenance();
        double speed = Mean.of(contents.epochs().stream()
                .mapToDouble(EpochResult::samplesPerSecond)
                .toArray());
        timings.beginRow()
                .append(run)
                .append(provenance.started().atOffset(ZoneOffset.UTC).toLocalDateTime())
                .append(provenance.duration().toMillis() / 1000.0)
                .append(speed)
                .endRow();
    }

    private static void number(OptionalDouble value, DuckDBAppender row) throws SQLException {
        if (value.isPresent()) {
            row.append(value.getAsDouble());
        } else {
            row.appendNull();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.runs.RunMetrics;
import org.sllmr.runs.SplitMetrics;

/**
 * The metrics of a run.
 *
 * @param run the run folder
 * @param bestEpoch the epoch whose weights were kept; 0 for those of the backbone alone
 * @param epochs number of epochs trained
 * @param validation metrics by name; null if undefined
 * @param test metrics by name; null if undefined
 */
record RunReport(
        String run,
        int bestEpoch,
        int epochs,
        Map<String, @Nullable Double> validation,
        Map<String, @Nullable Double> test) {
    /** The report of a run's metrics. */
    public static RunReport of(Path run, RunMetrics metrics) {
        return new RunReport(
                run.toString(),
                metrics.bestEpoch(),
                metrics.epochs(),
                values(metrics.validation()),
                values(metrics.test()));
    }

    private static Map<String, @Nullable Double> values(SplitMetrics split) {
        Map<String, @Nullable Double> values = new LinkedHashMap<>();
        split.all().forEach((metric, measured) -> values.put(metric.key(), orNull(measured.value())));
        return values;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    void print(PrintStream out, int width) {
        out.printf(Locale.ROOT, "%s: weights of %s%n%n", run, kept(bestEpoch, epochs));
        TableRows table = new TableRows("", "validation", "test");
        validation.forEach((name, value) -> table.row(name, number(value), number(test.get(name))));
        table.print(out, width);
    }

    /** Which weights were kept, in words. */
    private static String kept(int bestEpoch, int epochs) {
        return bestEpoch == 0
                ? "the backbone alone; none of " + epochs + " guided epochs is better on validation"
                : "epoch " + bestEpoch + " of " + epochs;
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : TableRows.decimal(value);
    }
}

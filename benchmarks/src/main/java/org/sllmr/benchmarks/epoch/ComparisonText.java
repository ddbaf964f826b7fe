// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.util.Locale;
import java.util.Optional;

/** A comparison for people: a Markdown table and what its rows are. */
final class ComparisonText {
    private ComparisonText() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%s, %,d training samples; batch %d, %d steps, medians of %d interleaved rounds; load %.1f",
                comparison.dataset(),
                comparison.samples(),
                comparison.batch(),
                comparison.steps(),
                comparison.rounds(),
                comparison.loadAverage());
        line(
                text,
                "%s, %d processors, %s, %s, BLAS %s, %s",
                comparison.machine().processor(),
                comparison.machine().processors(),
                comparison.machine().operatingSystem(),
                comparison.machine().java(),
                comparison.machine().blasKernel(),
                comparison.versions());
        comparison
                .agreement()
                .ifPresent(agreement -> line(
                        text,
                        "Both sides have %,d parameters; their losses of the first %d steps differ by at most %.1e.",
                        agreement.parameters(),
                        agreement.steps(),
                        agreement.largestDifference()));
        line(text, "");
        line(text, "| | ms a step | samples/s | times eager | times tuned | times sllmr dense | processor ms a step |");
        line(text, "|---|---|---|---|---|---|---|");
        for (Comparison.Row row : comparison.rows()) {
            line(
                    text,
                    "| %s | %.2f | %,.0f | %s | %s | %s | %.2f |",
                    row.name(),
                    row.median(),
                    1e3 * comparison.batch() / row.median(),
                    times(comparison.timesAsLong(Comparison.EAGER, row)),
                    times(comparison.timesAsLong(Comparison.TUNED, row)),
                    times(comparison.timesAsLong(Comparison.DENSE, row)),
                    row.processorMedian());
        }
        line(text, "");
        comparison.rows().forEach(row -> line(text, "* %s: %s", row.name(), row.description()));
        return text.toString();
    }

    private static String times(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
    }

    private static void line(StringBuilder text, String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.util.Formatter;
import java.util.Locale;
import java.util.Optional;

/** A comparison as text: a Markdown table and the descriptions of its rows. */
final class ComparisonText {
    private ComparisonText() {}

    static String of(Comparison comparison) {
        Formatter text = new Formatter(Locale.ROOT);
        text.format(
                "%s on %s, %,d training samples; batch %d, %d steps, medians of %d interleaved rounds; load %.1f\n",
                comparison.backbone(),
                comparison.dataset(),
                comparison.samples(),
                comparison.batch(),
                comparison.steps(),
                comparison.rounds(),
                comparison.loadAverage());
        text.format(
                "%s, %d processors, %s, %s, %s, %s\n",
                comparison.machine().processor(),
                comparison.machine().processors(),
                comparison.machine().operatingSystem(),
                comparison.machine().java(),
                comparison.machine().kernels(),
                comparison.versions());
        comparison
                .agreement()
                .ifPresent(agreement -> text.format(
                        "Both implementations have %,d parameters; their losses in the first %d steps differ by at"
                                + " most %.1e.\n",
                        agreement.parameters(), agreement.steps(), agreement.largestDifference()));
        text.format("\n");
        text.format(
                "| | ms a step | samples/s | times eager | times tuned | times sllmr dense | processor ms a step |\n");
        text.format("|---|---|---|---|---|---|---|\n");
        for (Comparison.Row row : comparison.rows()) {
            text.format(
                    "| %s | %.2f | %,.0f | %s | %s | %s | %.2f |\n",
                    row.name(),
                    row.median(),
                    1e3 * comparison.batch() / row.median(),
                    times(comparison.timesAsLong(Comparison.EAGER, row)),
                    times(comparison.timesAsLong(Comparison.TUNED, row)),
                    times(comparison.timesAsLong(Comparison.DENSE, row)),
                    row.processorMedian());
        }
        text.format("\n");
        comparison.rows().forEach(row -> text.format("* %s: %s\n", row.name(), row.description()));
        return text.toString();
    }

    private static String times(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
    }
}

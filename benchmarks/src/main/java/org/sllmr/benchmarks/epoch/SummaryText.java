// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.epoch;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Several comparisons as one Markdown table, with a line for each backbone and batch size. */
final class SummaryText {
    private static final List<String> TIMES = List.of(
            Comparison.EAGER,
            Comparison.TUNED,
            Comparison.TUNED_TWO,
            Comparison.TORCH_SPARSE,
            Comparison.PRODUCTS,
            Comparison.DENSE,
            Comparison.SPARSE);

    private SummaryText() {}

    static String of(List<Comparison> comparisons) {
        Formatter text = new Formatter(Locale.ROOT);
        text.format("Milliseconds a step; ratios are medians of the rounds' ratios.\n\n");
        text.format("| backbone | batch | %s ", String.join(" | ", TIMES));
        text.format("| dense, times eager | dense, times tuned | sparse, times eager | parameters | losses differ |\n");
        text.format("|---|---|%s---|---|---|---|---|\n", "---|".repeat(TIMES.size()));
        for (Comparison comparison : comparisons) {
            text.format("| %s | %d ", comparison.backbone(), comparison.batch());
            for (String name : TIMES) {
                text.format("| %s ", number(comparison.row(name).map(Comparison.Row::median)));
            }
            text.format(
                    "| %s | %s | %s ",
                    number(ratio(comparison, Comparison.EAGER, Comparison.DENSE)),
                    number(tuned(comparison)),
                    number(ratio(comparison, Comparison.EAGER, Comparison.SPARSE)));
            text.format(
                    "| %s | %s |\n",
                    comparison
                            .agreement()
                            .map(same -> String.format(Locale.ROOT, "%,d", same.parameters()))
                            .orElse("-"),
                    comparison
                            .agreement()
                            .map(same -> String.format(Locale.ROOT, "%.0e", same.largestDifference()))
                            .orElse("-"));
        }
        text.format("\nProcessor milliseconds a step, all threads together, which depend less on other work on the"
                + " machine.\n\n");
        text.format("| backbone | batch | %s |\n", String.join(" | ", TIMES));
        text.format("|---|---|%s\n", "---|".repeat(TIMES.size()));
        for (Comparison comparison : comparisons) {
            text.format("| %s | %d ", comparison.backbone(), comparison.batch());
            for (String name : TIMES) {
                text.format("| %s ", number(comparison.row(name).map(Comparison.Row::processorMedian)));
            }
            text.format("|\n");
        }
        return text.toString();
    }

    /** Ratio to the faster of the tuned rows. */
    private static Optional<Double> tuned(Comparison comparison) {
        Optional<Double> one = ratio(comparison, Comparison.TUNED, Comparison.DENSE);
        Optional<Double> two = ratio(comparison, Comparison.TUNED_TWO, Comparison.DENSE);
        return one.map(first -> Math.min(first, two.orElse(first)));
    }

    private static Optional<Double> ratio(Comparison comparison, String other, String name) {
        return comparison.row(name).flatMap(row -> comparison.timesAsLong(other, row));
    }

    private static String number(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.2f", number)).orElse("-");
    }
}

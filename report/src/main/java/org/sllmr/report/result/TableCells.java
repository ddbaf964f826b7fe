// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sllmr.report.result.ResultTable.Row;

/** The words and numbers of a result table, the same in every rendering. */
public final class TableCells {
    private static final String CORRECTED =
            "Verdicts go by p (Holm): Holm's correction over all differences of one metric in this table. p and the interval"
                    + " are of one row by itself. d_z is the mean difference in standard deviations of a pair's.";

    private TableCells() {}

    /** How many of the first columns hold names; the last one holds the verdict, all others numbers. */
    static final int NAMES = 2;

    /** Column headings: what {@link #of} gives for each row. */
    public static List<String> headings(ResultTable table) {
        List<String> headings =
                new ArrayList<>(List.of("Metric", "Method", "Mean ± sd", "Seeds", "Difference to " + table.baseline()));
        headings.addAll(significanceHeadings(table));
        headings.add("Verdict");
        return headings;
    }

    /** Headings of how sure a difference is: what {@link #significance} gives for each. */
    public static List<String> significanceHeadings(ResultTable table) {
        return table.corrected() ? List.of("p", "p (Holm)", "d_z") : List.of("p");
    }

    /**
     * How sure a difference is: its p value; in a table that corrects them also the corrected one and the effect size.
     *
     * @return one text a heading
     */
    public static List<String> significance(ResultTable table, PairedDifference difference) {
        return table.corrected()
                ? List.of(
                        pValue(difference.pValue()),
                        pValue(difference.corrected()),
                        effectSize(difference.effectSize()))
                : List.of(pValue(difference.pValue()));
    }

    /** The cells of a row; those about the difference are empty for the baseline. */
    public static List<String> of(ResultTable table, Row row) {
        List<String> cells = new ArrayList<>(List.of(
                row.metric().label(),
                row.method(),
                summary(row.summary()),
                Integer.toString(row.summary().n()),
                row.difference().map(TableCells::difference).orElse("")));
        cells.addAll(row.difference()
                .map(difference -> significance(table, difference))
                .orElseGet(() ->
                        significanceHeadings(table).stream().map(heading -> "").toList()));
        cells.add(row.method().equals(table.baseline()) ? "" : row.verdict().words());
        return cells;
    }

    /** Mean and standard deviation, such as {@code 0.7853 ± 0.0011}; without a deviation if there is one seed. */
    public static String summary(Summary summary) {
        return summary.n() < 2
                ? number(summary.mean())
                : number(summary.mean()) + " ± " + number(summary.standardDeviation());
    }

    /** A difference and its interval, such as {@code +0.0048 [+0.0031, +0.0065]}. */
    public static String difference(PairedDifference difference) {
        return signed(difference.mean()) + " [" + signed(difference.low()) + ", " + signed(difference.high()) + "]";
    }

    /** A p value, never as 0. */
    public static String pValue(double pValue) {
        return pValue < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", pValue);
    }

    /** Cohen's d_z with its sign; a dash where pairs do not differ in their difference. */
    public static String effectSize(double effectSize) {
        return Double.isInfinite(effectSize) ? "-" : String.format(Locale.ROOT, "%+.2f", effectSize);
    }

    /** A metric, with four digits as the field prints it. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A difference of a metric, with its sign. */
    public static String signed(double value) {
        String text = String.format(Locale.ROOT, "%+.4f", value);
        return text.equals("-0.0000") || text.equals("+0.0000") ? "0.0000" : text;
    }

    /** What a reader must know to read the differences. */
    public static String note(ResultTable table) {
        double confidence = table.rows().stream()
                .flatMap(row -> row.difference().stream())
                .mapToDouble(PairedDifference::confidence)
                .findFirst()
                .orElse(0.95);
        return String.format(
                Locale.ROOT,
                "Differences are paired by seed, with %.0f %% intervals; they tell how much the seed matters, not how"
                        + " other data would turn out. %s",
                100 * confidence,
                table.corrected()
                        ? CORRECTED
                        : "Each row is judged by itself, without correction for the number of rows.");
    }
}

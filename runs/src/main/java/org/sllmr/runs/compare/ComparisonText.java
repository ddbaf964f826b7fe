// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sllmr.runs.compare.Comparison.Pairing;
import org.sllmr.runs.compare.Comparison.Row;

/** A comparison in the words and numbers that people read. */
public final class ComparisonText {
    private ComparisonText() {}

    /** Headings of the columns. */
    public static List<String> headings() {
        return List.of(
                "Metric", "Baseline", "Value", "Difference", "95 % interval", "p", "p (Holm)", "d_z", "Pairs", "");
    }

    /** The cells of a row. */
    public static List<String> cells(Row row) {
        return List.of(
                row.metric(),
                number(row.baseline()),
                number(row.value()),
                signed(row.difference()),
                "[" + signed(row.lower()) + ", " + signed(row.upper()) + "]",
                pValue(row.pValue()),
                pValue(row.corrected()),
                Double.isInfinite(row.effectSize()) ? "-" : String.format(Locale.ROOT, "%+.2f", row.effectSize()),
                String.format(Locale.ROOT, "%,d %s", row.n(), row.pairing() == Pairing.SEEDS ? "seeds" : "users"),
                row.verdict().words());
    }

    /** What a method's rows say in one sentence: the AUC over users, then over seeds. */
    public static String sentence(Comparison comparison, String method) {
        List<String> parts = new ArrayList<>();
        for (Pairing pairing : List.of(Pairing.USERS, Pairing.SEEDS)) {
            comparison.rows().stream()
                    .filter(row -> row.method().equals(method)
                            && row.pairing() == pairing
                            && row.metric().equals("auc"))
                    .findFirst()
                    .ifPresent(row -> parts.add(verdict(row) + " over "
                            + String.format(Locale.ROOT, "%,d", row.n())
                            + (pairing == Pairing.SEEDS ? " seeds" : " users")));
        }
        return method + " against " + comparison.baseline() + ", AUC: " + String.join("; ", parts) + ".";
    }

    private static String verdict(Row row) {
        return row.verdict().words() + " (" + signed(row.difference()) + ", p " + pValue(row.corrected()) + ")";
    }

    /** The comparison as Markdown tables. */
    public static String markdown(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        for (String method : methods(comparison)) {
            text.append("**")
                    .append(method.replace("_", "\\_"))
                    .append(" against ")
                    .append(comparison.baseline().replace("_", "\\_"))
                    .append("**, ")
                    .append(comparison.dataset())
                    .append(", ")
                    .append(comparison.split())
                    .append("\n\n");
            line(text, headings());
            text.append("|---|--:|--:|--:|---|--:|--:|--:|--:|---|\n");
            comparison.rows().stream()
                    .filter(row -> row.method().equals(method))
                    .forEach(row -> line(text, cells(row)));
            text.append('\n');
        }
        text.append(note()).append('\n');
        comparison.notes().forEach(note -> text.append('\n').append(note).append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** The methods, in the order of the rows. */
    public static List<String> methods(Comparison comparison) {
        return comparison.rows().stream().map(Row::method).distinct().toList();
    }

    /** What a reader must know to read the table. */
    public static String note() {
        return "Two-sided. Verdicts are by the p-values that Holm's correction gives over all rows with the same kind of"
                + " pairs. Seeds tell whether training again would show the difference, users whether other users would."
                + " d_z is the mean difference in standard deviations of a pair's.";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.4f" : "%,.1f", value);
    }

    private static String signed(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) < 100 ? "%+.4f" : "%+,.1f", value);
        return text.equals("-0.0000") || text.equals("+0.0000") ? "0.0000" : text;
    }

    private static String pValue(double value) {
        return value < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;
import java.util.Locale;
import org.sllmr.evaluation.Metric;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Table.Column;
import org.sllmr.report.table.Table.Kind;

/** The text of a difference's cells, the same in every table, chart and report. */
public final class TableCells {
    private TableCells() {}

    /** The columns of {@link #of}, which follow the names. */
    public static List<Column> columns() {
        return List.of(
                Column.number("Difference, 95 % interval"),
                Column.number("p").ifThereIsRoom(),
                Column.number("p (Holm)"),
                Column.number("d_z").ifThereIsRoom(),
                new Column("Verdict", Kind.VERDICT, false));
    }

    /** The cells of a difference under {@link #columns}. */
    public static List<String> of(Difference difference) {
        return List.of(
                difference(difference),
                difference.pValue().text(),
                difference.corrected().text(),
                effectSize(difference.effectSize()),
                difference.verdict().words());
    }

    /** A metric's name in a table of AUC and log loss: for AUC its slice. */
    public static String label(Metric metric) {
        return metric instanceof SampleMetric sample
                        && sample.kind() == SampleMetric.Kind.AUC
                        && sample != SampleMetric.AUC
                ? sample.slice().title()
                : metric.label();
    }

    /** The pairs of a difference, such as {@code over 3 seeds}. */
    public static String over(Difference difference) {
        return String.format(
                Locale.ROOT,
                "over %,d %s",
                difference.pairs(),
                difference.pairing().words());
    }

    /** Mean and standard deviation, such as {@code 0.7853 ± 0.0011}; without the deviation for one seed. */
    public static String summary(Summary summary) {
        return summary.n() < 2
                ? number(summary.mean())
                : number(summary.mean()) + " " + Table.unbroken("± " + number(summary.standardDeviation()));
    }

    /** A difference and its interval, such as {@code +0.0048 [+0.0031, +0.0065]}. */
    public static String difference(Difference difference) {
        return difference.metric().signed(difference.difference()) + " "
                + interval(difference.metric(), difference.interval());
    }

    /** An interval of differences, unbroken. */
    public static String interval(Metric metric, Interval interval) {
        return Table.unbroken("[" + metric.signed(interval.lower()) + ", " + metric.signed(interval.upper()) + "]");
    }

    /** Cohen's d_z with its sign; a dash if the differences of all pairs are equal. */
    public static String effectSize(double effectSize) {
        return Double.isFinite(effectSize) ? String.format(Locale.ROOT, "%+.2f", effectSize) : "-";
    }

    /** A metric of samples with four decimals. */
    public static String number(double value) {
        return SampleMetric.AUC.text(value);
    }

    /** A difference of such a metric, with its sign. */
    public static String signed(double value) {
        return SampleMetric.AUC.signed(value);
    }

    /** The explanation of a table of such differences. */
    public static String note(List<Difference> differences) {
        boolean seeds = differences.stream().anyMatch(one -> one.pairing() == Pairing.SEEDS);
        boolean users = differences.stream().anyMatch(one -> one.pairing() == Pairing.USERS);
        return String.format(
                        Locale.ROOT,
                        "Two-sided tests. Verdicts use p (Holm): Holm's correction over all %,d differences of this"
                                + " table. p and the interval are of a single row.",
                        differences.size())
                + (seeds ? " Over seeds: would training again show the difference?" : "")
                + (users ? " Over users: would other users show it?" : "")
                + " d_z: mean difference divided by the standard deviation of the pairs' differences.";
    }
}

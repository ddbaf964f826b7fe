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

/** The words and numbers of a difference, the same in every table, chart and report. */
public final class TableCells {
    private TableCells() {}

    /** The columns of {@link #of}, after those that name what differs. */
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

    /** A metric's name in a table that is about AUC and log loss: the slice of an AUC. */
    public static String label(Metric metric) {
        return metric instanceof SampleMetric sample
                        && sample.kind() == SampleMetric.Kind.AUC
                        && sample != SampleMetric.AUC
                ? sample.slice().title()
                : metric.label();
    }

    /** What pairs a table's differences are over, such as {@code over 3 seeds}. */
    public static String over(Difference difference) {
        return String.format(
                Locale.ROOT,
                "over %,d %s",
                difference.pairs(),
                difference.pairing().words());
    }

    /** Mean and standard deviation, such as {@code 0.7853 ± 0.0011}; without a deviation if there is one seed. */
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

    /** An interval of differences, which stays on one line. */
    public static String interval(Metric metric, Interval interval) {
        return Table.unbroken("[" + metric.signed(interval.lower()) + ", " + metric.signed(interval.upper()) + "]");
    }

    /** Cohen's d_z with its sign; a dash where pairs do not differ in their difference. */
    public static String effectSize(double effectSize) {
        return Double.isFinite(effectSize) ? String.format(Locale.ROOT, "%+.2f", effectSize) : "-";
    }

    /** A metric of samples, with the digits that the field prints. */
    public static String number(double value) {
        return SampleMetric.AUC.text(value);
    }

    /** A difference of such a metric, with its sign. */
    public static String signed(double value) {
        return SampleMetric.AUC.signed(value);
    }

    /** What a reader must know to read differences with these pairings. */
    public static String note(List<Difference> differences) {
        boolean seeds = differences.stream().anyMatch(one -> one.pairing() == Pairing.SEEDS);
        boolean users = differences.stream().anyMatch(one -> one.pairing() == Pairing.USERS);
        boolean bound = differences.stream().anyMatch(one -> one.corrected().bound());
        return String.format(
                        Locale.ROOT,
                        "Two-sided tests. Verdicts go by p (Holm): Holm's correction over all %,d differences here. p and the"
                                + " interval are of one row by itself.",
                        differences.size())
                + (seeds ? " Over seeds: would training again show the difference?" : "")
                + (users ? " Over users: would other users show it?" : "")
                + (bound
                        ? " A p after < is a bound: users were drawn thousands of times, and no draw contradicted the"
                                + " difference."
                        : "")
                + " d_z: the difference in standard deviations of a pair's.";
    }
}

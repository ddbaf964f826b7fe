// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.Locale;
import org.sllmr.cli.quickstart.FirstResult.Row;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.Slice;
import org.sllmr.evaluation.significance.PValue;
import org.sllmr.report.result.TableCells;

/** The first result as text, at most 100 columns wide. */
final class FirstResultText {
    private static final int WIDTH = 100;

    private FirstResultText() {}

    /** Title, table and explanation. */
    static String of(FirstResult result) {
        TableRows table = new TableRows(
                "Metric", "Alone", result.method(), "Difference, 95 % interval", "p seeds", "p users", "Verdict");
        for (Row row : result.rows()) {
            table.row(
                    label(row.metric()),
                    TableCells.number(row.alone()),
                    TableCells.number(row.guided()),
                    TableCells.signed(row.difference()) + " [" + TableCells.signed(row.lower()) + ", "
                            + TableCells.signed(row.upper()) + "]",
                    row.pSeeds().map(PValue::text).orElse("-"),
                    row.pUsers().text(),
                    row.verdict().words());
        }
        return result.title() + "\n\n" + table.text(WIDTH) + "\n" + note(result);
    }

    private static String label(SampleMetric metric) {
        return metric.kind() == SampleMetric.Kind.AUC && metric.slice() != Slice.ALL
                ? "  " + metric.slice().title().toLowerCase(Locale.ROOT)
                : metric.label();
    }

    private static String note(FirstResult result) {
        return String.format(
                Locale.ROOT, """
                Means over %s; test samples of %,d users; intervals over users. "p seeds": would
                training again show the difference? "p users": would other users show it? "Better" and
                "worse" need both p-values below .05 after Holm's correction over all tests of "sllmr compare".
                """, result.seeds() == 1 ? "one seed" : result.seeds() + " seeds", result.users());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.List;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.report.result.TableCells;

/** Draws a difference: better and worse each have a colour and a shape; a mark that is not significant is hollow. */
final class DifferenceMark {
    /** Width for the number at the right edge. */
    static final int NUMBERS = 66;

    private static final int MIN_LEFT = 112;
    private static final int MAX_LEFT = 196;
    private static final double LETTER = 7.2;
    private static final int MARGIN = 20;

    private DifferenceMark() {}

    /** Left edge of the plot: beside the longest name, within limits. */
    static int left(int longestName) {
        return (int) Math.max(MIN_LEFT, Math.min(MAX_LEFT, MARGIN + LETTER * longestName));
    }

    /** Draws one difference in its row. */
    static void draw(Svg svg, Scale scale, int left, String where, IntervalChart.Entry entry, double y) {
        Difference difference = entry.difference();
        svg.text("label", 12, y + 4, Svg.Anchor.START, Svg.shortened(entry.name(), (int) ((left - MARGIN) / LETTER)));
        String style = switch (difference.verdict()) {
            case BETTER -> "good";
            case WORSE -> "bad";
            case NOT_SIGNIFICANT, NOT_TESTED -> "open";
        };
        Shape shape = switch (difference.verdict()) {
            case BETTER -> Shape.DIAMOND;
            case WORSE -> Shape.SQUARE;
            case NOT_SIGNIFICANT, NOT_TESTED -> Shape.CIRCLE;
        };
        double low = scale.at(difference.interval().lower());
        double high = scale.at(difference.interval().upper());
        svg.line("spread " + style, low, y, high, y);
        String tip = where + entry.name() + ": " + TableCells.difference(difference) + ", "
                + TableCells.over(difference) + ", " + difference.verdict().words();
        String fill = difference.significant() ? "mark " : "hollow ";
        svg.mark(shape, fill + style, scale.at(difference.difference()), y, 5.5, tip);
        svg.text(
                "label number",
                Chart.WIDTH - 4,
                y + 4,
                Svg.Anchor.END,
                difference.metric().signed(difference.difference()));
    }

    /** The numbers of a difference, for the table beside the chart. */
    static List<String> cells(IntervalChart.Entry entry) {
        Difference difference = entry.difference();
        return List.of(
                entry.name(),
                difference.metric().signed(difference.difference()),
                difference.metric().signed(difference.interval().lower()),
                difference.metric().signed(difference.interval().upper()),
                difference.pValue().text(),
                difference.corrected().text(),
                difference.verdict().words());
    }
}

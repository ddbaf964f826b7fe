// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.List;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.report.table.Table;

/**
 * Differences with their confidence intervals and a line at zero; marks that are not significant are hollow.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param entries one in each row, from top to bottom
 */
public record IntervalChart(String title, String description, List<Entry> entries) implements Chart {
    private static final int ROW = 26;
    private static final int RIGHT = WIDTH - DifferenceMark.NUMBERS;

    /** Copies the entries. */
    public IntervalChart {
        entries = List.copyOf(entries);
    }

    /**
     * One difference.
     *
     * @param name what differs
     * @param difference the difference
     */
    public record Entry(String name, Difference difference) {}

    @Override
    public Table table() {
        return Table.plain(
                List.of("Slice", "Difference", "Lower", "Upper", "p", "p (Holm)", "Verdict"),
                entries.stream().map(DifferenceMark::cells).toList());
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        int top = 4;
        int bottom = top + entries.size() * ROW;
        double minimum = 0;
        double maximum = 0;
        int longest = 0;
        for (Entry entry : entries) {
            minimum = Math.min(minimum, entry.difference().interval().lower());
            maximum = Math.max(maximum, entry.difference().interval().upper());
            longest = Math.max(longest, entry.name().length());
        }
        int left = DifferenceMark.left(longest);
        Scale scale = Scale.covering(minimum, maximum, 4, left, RIGHT);
        GridLines.band(svg, scale, top, bottom);
        GridLines.numbers(svg, scale, bottom);
        svg.line("zero", scale.at(0), top, scale.at(0), bottom);
        for (int row = 0; row < entries.size(); row++) {
            DifferenceMark.draw(svg, scale, left, "", entries.get(row), top + (row + 0.5) * ROW);
        }
        return new Drawing(bottom + 22, svg.markup());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.report.result.PairedDifference;
import org.sllmr.report.result.TableCells;

/**
 * Differences with their confidence intervals around a line at no difference; hollow where chance may be the reason.
 *
 * @param title what is shown
 * @param description what the picture tells
 * @param entries one a row, from top to bottom
 */
public record IntervalChart(String title, String description, List<Entry> entries) implements Chart {
    private static final int ROW = 46;
    private static final int LEFT = 16;
    private static final int RIGHT = WIDTH - 70;

    /** Copies the entries. */
    public IntervalChart {
        entries = List.copyOf(entries);
    }

    /**
     * One difference.
     *
     * @param name what differs
     * @param difference by how much
     * @param verdict the verdict in words
     */
    public record Entry(String name, PairedDifference difference, String verdict) {}

    @Override
    public ChartTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            PairedDifference difference = entry.difference();
            rows.add(List.of(
                    entry.name(),
                    TableCells.signed(difference.mean()),
                    TableCells.signed(difference.low()),
                    TableCells.signed(difference.high()),
                    TableCells.pValue(difference.pValue()),
                    entry.verdict()));
        }
        return new ChartTable(List.of("Slice", "Difference", "Lower", "Upper", "p", "Verdict"), rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        int top = 4;
        int bottom = top + entries.size() * ROW;
        double minimum = 0;
        double maximum = 0;
        for (Entry entry : entries) {
            minimum = Math.min(minimum, entry.difference().low());
            maximum = Math.max(maximum, entry.difference().high());
        }
        Scale scale = Scale.covering(minimum, maximum, 4, LEFT, RIGHT);
        Grid.vertical(svg, scale, top, bottom);
        svg.line("zero", scale.at(0), top, scale.at(0), bottom);
        for (int row = 0; row < entries.size(); row++) {
            draw(svg, scale, entries.get(row), top + row * ROW);
        }
        return new Drawing(bottom + 22, svg.markup());
    }

    private static void draw(Svg svg, Scale scale, Entry entry, int top) {
        PairedDifference difference = entry.difference();
        double y = top + 32;
        svg.text("label strong", 8, top + 15, Svg.Anchor.START, entry.name());
        svg.line("spread s0", scale.at(difference.low()), y, scale.at(difference.high()), y);
        for (double end : new double[] {difference.low(), difference.high()}) {
            svg.line("spread s0", scale.at(end), y - 4, scale.at(end), y + 4);
        }
        String tip = entry.name() + ": " + TableCells.difference(difference) + ", " + entry.verdict();
        svg.diamond(difference.significant() ? "mark s0" : "hollow s0", scale.at(difference.mean()), y, 5.5, tip);
        svg.text("label number", WIDTH - 4, y + 4, Svg.Anchor.END, TableCells.signed(difference.mean()));
    }
}

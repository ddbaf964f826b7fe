// SPDX-License-Identifier: Apache-2.0
package org.sllmr.experiments.chart;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.experiments.result.PairedDifference;
import org.sllmr.experiments.result.TableCells;

/**
 * Many differences with their confidence intervals in groups (a forest plot); hollow where chance may be the reason.
 *
 * @param title what is shown
 * @param description what the picture tells
 * @param groups the differences, from top to bottom
 */
public record ForestChart(String title, String description, List<Group> groups) implements Chart {
    private static final int ROW = 19;
    private static final int HEADING = 26;
    private static final int LEFT = 112;
    private static final int RIGHT = WIDTH - 66;

    /** Copies the groups. */
    public ForestChart {
        groups = List.copyOf(groups);
    }

    /**
     * Differences that belong together.
     *
     * @param name its heading
     * @param entries one a row
     */
    public record Group(String name, List<IntervalChart.Entry> entries) {
        /** Copies the entries. */
        public Group {
            entries = List.copyOf(entries);
        }
    }

    @Override
    public ChartTable table() {
        List<List<String>> rows = new ArrayList<>();
        for (Group group : groups) {
            for (IntervalChart.Entry entry : group.entries()) {
                PairedDifference difference = entry.difference();
                rows.add(List.of(
                        group.name(),
                        entry.name(),
                        TableCells.signed(difference.mean()),
                        TableCells.signed(difference.low()),
                        TableCells.signed(difference.high()),
                        TableCells.pValue(difference.pValue()),
                        TableCells.pValue(difference.corrected()),
                        entry.verdict()));
            }
        }
        return new ChartTable(
                List.of("Slice", "Backbone", "Difference", "Lower", "Upper", "p", "p (Holm)", "Verdict"), rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        int bottom = 4;
        double minimum = 0;
        double maximum = 0;
        for (Group group : groups) {
            bottom += HEADING + group.entries().size() * ROW + 6;
            for (IntervalChart.Entry entry : group.entries()) {
                minimum = Math.min(minimum, entry.difference().low());
                maximum = Math.max(maximum, entry.difference().high());
            }
        }
        Scale scale = Scale.covering(minimum, maximum, 4, LEFT, RIGHT);
        Grid.vertical(svg, scale, 4, bottom);
        svg.line("zero", scale.at(0), 4, scale.at(0), bottom);
        int y = 4;
        for (Group group : groups) {
            svg.text("label strong", 4, y + 17, Svg.Anchor.START, group.name());
            y += HEADING;
            for (IntervalChart.Entry entry : group.entries()) {
                draw(svg, scale, group.name(), entry, y + ROW / 2.0);
                y += ROW;
            }
            y += 6;
        }
        return new Drawing(bottom + 22, svg.markup());
    }

    private static void draw(Svg svg, Scale scale, String group, IntervalChart.Entry entry, double y) {
        PairedDifference difference = entry.difference();
        svg.text("label", 12, y + 4, Svg.Anchor.START, entry.name());
        svg.line("spread s0", scale.at(difference.low()), y, scale.at(difference.high()), y);
        String tip = group + ", " + entry.name() + ": " + TableCells.difference(difference) + ", " + entry.verdict();
        svg.diamond(difference.significant() ? "mark s0" : "hollow s0", scale.at(difference.mean()), y, 5, tip);
        svg.text("label number", WIDTH - 4, y + 4, Svg.Anchor.END, TableCells.signed(difference.mean()));
    }
}

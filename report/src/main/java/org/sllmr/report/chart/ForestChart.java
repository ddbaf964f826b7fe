// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.report.table.Table;

/**
 * Differences with their confidence intervals in groups (a forest plot); marks that are not significant are hollow.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param groupLabel what the groups are
 * @param entryLabel what the entries of a group are
 * @param groups the differences, from top to bottom
 */
public record ForestChart(String title, String description, String groupLabel, String entryLabel, List<Group> groups)
        implements Chart {
    private static final int ROW = 19;
    private static final int HEADING = 26;
    private static final int RIGHT = WIDTH - DifferenceMark.NUMBERS;

    /** Copies the groups. */
    public ForestChart {
        groups = List.copyOf(groups);
    }

    /** Groups are slices, entries backbones. */
    public ForestChart(String title, String description, List<Group> groups) {
        this(title, description, "Slice", "Backbone", groups);
    }

    /**
     * A group of differences.
     *
     * @param name its heading
     * @param entries one in each row
     */
    public record Group(String name, List<IntervalChart.Entry> entries) {
        /** Copies the entries. */
        public Group {
            entries = List.copyOf(entries);
        }
    }

    @Override
    public Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (Group group : groups) {
            for (IntervalChart.Entry entry : group.entries()) {
                List<String> row = new ArrayList<>(List.of(group.name()));
                row.addAll(DifferenceMark.cells(entry));
                rows.add(row);
            }
        }
        return Table.plain(
                List.of(groupLabel, entryLabel, "Difference", "Lower", "Upper", "p", "p (Holm)", "Verdict"), rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        int bottom = 4;
        double minimum = 0;
        double maximum = 0;
        int longest = 0;
        for (Group group : groups) {
            bottom += HEADING + group.entries().size() * ROW + 6;
            for (IntervalChart.Entry entry : group.entries()) {
                minimum = Math.min(minimum, entry.difference().interval().lower());
                maximum = Math.max(maximum, entry.difference().interval().upper());
                longest = Math.max(longest, entry.name().length());
            }
        }
        int left = DifferenceMark.left(longest);
        Scale scale = Scale.covering(minimum, maximum, 4, left, RIGHT);
        GridLines.numbers(svg, scale, bottom);
        int y = 4;
        for (Group group : groups) {
            svg.text("label strong", 4, y + 17, Svg.Anchor.START, group.name());
            y += HEADING;
            double end = y + group.entries().size() * ROW;
            GridLines.band(svg, scale, y, end);
            svg.line("zero", scale.at(0), y, scale.at(0), end);
            for (IntervalChart.Entry entry : group.entries()) {
                DifferenceMark.draw(svg, scale, left, group.name() + ", ", entry, y + ROW / 2.0);
                y += ROW;
            }
            y += 6;
        }
        return new Drawing(bottom + 22, svg.markup());
    }
}

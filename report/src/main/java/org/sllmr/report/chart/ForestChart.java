// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.report.result.PairedDifference;
import org.sllmr.report.result.TableCells;

/**
 * Many differences with their confidence intervals in groups (a forest plot); hollow where chance may be the reason.
 *
 * @param title what is shown
 * @param description what the picture tells
 * @param groupLabel what the groups are
 * @param entryLabel what the entries of a group are
 * @param groups the differences, from top to bottom
 */
public record ForestChart(String title, String description, String groupLabel, String entryLabel, List<Group> groups)
        implements Chart {
    private static final int ROW = 19;
    private static final int HEADING = 26;
    private static final int LEAST_LEFT = 112;
    private static final int LETTER = 7;
    private static final int RIGHT = WIDTH - 66;

    /** Copies the groups. */
    public ForestChart {
        groups = List.copyOf(groups);
    }

    /** Groups are slices, entries backbones. */
    public ForestChart(String title, String description, List<Group> groups) {
        this(title, description, "Slice", "Backbone", groups);
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
                List.of(groupLabel, entryLabel, "Difference", "Lower", "Upper", "p", "p (Holm)", "Verdict"), rows);
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
        Scale scale = Scale.covering(minimum, maximum, 4, left(), RIGHT);
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

    /** Where the plot begins: beside the longest name. */
    private int left() {
        return Math.max(
                LEAST_LEFT,
                16
                        + LETTER
                                * groups.stream()
                                        .flatMap(group -> group.entries().stream())
                                        .mapToInt(entry -> entry.name().length())
                                        .max()
                                        .orElse(0));
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

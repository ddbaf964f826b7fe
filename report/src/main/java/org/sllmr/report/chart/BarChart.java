// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.report.table.Table;

/**
 * Counts by class, with some highlighted in colour.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param classLabel what the classes are, such as {@code interactions of a user}
 * @param countLabel what is counted, such as {@code users}
 * @param highlightLabel what the highlighted counts have in common; empty if none is highlighted
 * @param bars the classes, from left to right
 */
public record BarChart(
        String title,
        String description,
        String classLabel,
        String countLabel,
        Optional<String> highlightLabel,
        List<Bar> bars)
        implements Chart {
    private static final int LEFT = 52;
    private static final int RIGHT = WIDTH - 6;
    private static final int PLOT = 180;

    /** Copies the bars. */
    public BarChart {
        bars = List.copyOf(bars);
    }

    /**
     * One class.
     *
     * @param name a short name
     * @param count the count, at least 0
     * @param highlighted how many of them to highlight, at most {@code count}
     */
    public record Bar(String name, int count, int highlighted) {}

    @Override
    public Table table() {
        List<String> headings = new ArrayList<>(List.of(capital(classLabel), capital(countLabel)));
        highlightLabel.ifPresent(headings::add);
        List<List<String>> rows = new ArrayList<>();
        for (Bar bar : bars) {
            List<String> row = new ArrayList<>(List.of(bar.name(), number(bar.count())));
            if (highlightLabel.isPresent()) {
                row.add(number(bar.highlighted()));
            }
            rows.add(row);
        }
        return Table.plain(headings, rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        int top = Legend.draw(
                        svg,
                        highlightLabel
                                .map(label -> List.of(
                                        new Legend.Entry("s1", Legend.Mark.BAR, label),
                                        new Legend.Entry("base", Legend.Mark.BAR, "other " + countLabel)))
                                .orElse(List.of()))
                + 8;
        int bottom = top + PLOT;
        int most = bars.stream().mapToInt(Bar::count).max().orElse(1);
        Scale vertical = Scale.covering(0, Math.max(1, most), 4, bottom, top);
        GridLines.horizontal(svg, vertical, LEFT, RIGHT);
        double width = (RIGHT - LEFT) / (double) Math.max(1, bars.size());
        for (int index = 0; index < bars.size(); index++) {
            Bar bar = bars.get(index);
            double x = LEFT + index * width + width * 0.12;
            double highlight = vertical.at(bar.highlighted());
            double all = vertical.at(bar.count());
            String tip = bar.name() + " " + classLabel + ": " + number(bar.count()) + " " + countLabel;
            if (bar.count() > bar.highlighted()) {
                svg.bar("bar base", x, all, width * 0.76, highlight - all, tip);
            }
            if (bar.highlighted() > 0) {
                svg.bar("bar s1", x, highlight, width * 0.76, bottom - highlight, tip);
            }
            svg.text("tick", x + width * 0.38, bottom + 16, Svg.Anchor.MIDDLE, bar.name());
        }
        svg.text("tick", RIGHT, bottom + 33, Svg.Anchor.END, countLabel + " by " + classLabel);
        return new Drawing(bottom + 40, svg.markup());
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}

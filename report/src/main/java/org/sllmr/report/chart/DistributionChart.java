// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sllmr.report.table.Table;

/**
 * Distributions of values in [0, 1]: one outline for each series, in shares of that series.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param unit what the values are, such as {@code predicted probability}
 * @param series the series, all with the same number of counts; the first is drawn as the baseline
 */
public record DistributionChart(String title, String description, String unit, List<Series> series) implements Chart {
    private static final int LEFT = 52;
    private static final int RIGHT = WIDTH - 14;
    private static final int PLOT = 150;

    /** Copies the series. */
    public DistributionChart {
        series = List.copyOf(series);
    }

    /**
     * One outline.
     *
     * @param name name in the legend
     * @param counts number of values in each of the equal bins of [0, 1]
     */
    public record Series(String name, List<Integer> counts) {
        /** Copies the counts. */
        public Series {
            counts = List.copyOf(counts);
        }

        private double share(int part) {
            long all = counts.stream().mapToLong(Integer::longValue).sum();
            return all == 0 ? 0 : counts.get(part) / (double) all;
        }
    }

    @Override
    public Table table() {
        List<String> headings = new ArrayList<>(List.of("From", "To"));
        series.forEach(one -> headings.add(one.name()));
        List<List<String>> rows = new ArrayList<>();
        int parts = parts();
        for (int part = 0; part < parts; part++) {
            List<String> row = new ArrayList<>(List.of(decimal(part, parts), decimal(part + 1, parts)));
            for (Series one : series) {
                row.add(String.format(Locale.ROOT, "%,d", one.counts().get(part)));
            }
            rows.add(row);
        }
        return Table.plain(headings, rows);
    }

    @Override
    public Drawing drawing() {
        Svg svg = new Svg();
        List<Legend.Entry> legend = new ArrayList<>();
        for (int index = 0; index < series.size(); index++) {
            legend.add(new Legend.Entry(
                    style(index), Legend.Mark.LINE, series.get(index).name()));
        }
        int top = Legend.draw(svg, legend) + 8;
        int bottom = top + PLOT;
        int parts = parts();
        double most = 0;
        for (Series one : series) {
            for (int part = 0; part < parts; part++) {
                most = Math.max(most, 100 * one.share(part));
            }
        }
        Scale vertical = Scale.covering(0, Math.max(1, most), 4, bottom, top);
        GridLines.horizontal(svg, vertical, LEFT, RIGHT);
        for (int tick = 0; tick <= 5; tick++) {
            svg.text(
                    "tick",
                    LEFT + (RIGHT - LEFT) * tick / 5.0,
                    bottom + 16,
                    Svg.Anchor.MIDDLE,
                    String.format(Locale.ROOT, "%.1f", tick / 5.0));
        }
        svg.text("tick", RIGHT, bottom + 33, Svg.Anchor.END, "percent of samples by " + unit);
        double width = (RIGHT - LEFT) / (double) Math.max(1, parts);
        for (int index = 0; index < series.size(); index++) {
            double[] x = new double[2 * parts];
            double[] y = new double[2 * parts];
            for (int part = 0; part < parts; part++) {
                x[2 * part] = LEFT + part * width;
                x[2 * part + 1] = LEFT + (part + 1) * width;
                y[2 * part] = vertical.at(100 * series.get(index).share(part));
                y[2 * part + 1] = y[2 * part];
            }
            svg.polyline("course " + style(index), x, y);
        }
        return new Drawing(bottom + 40, svg.markup());
    }

    private int parts() {
        return series.isEmpty() ? 0 : series.get(0).counts().size();
    }

    private static String decimal(int part, int parts) {
        return String.format(Locale.ROOT, "%.2f", part / (double) parts);
    }

    private static String style(int index) {
        return index == 0 ? "base" : "s" + (index - 1) % 4;
    }
}

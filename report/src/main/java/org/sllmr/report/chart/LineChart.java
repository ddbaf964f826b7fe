// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.sllmr.report.table.Table;

/**
 * Values by epoch: one line for each run, runs of a series in one colour.
 *
 * <p>There is no mean line, because runs that stop early would distort it.
 *
 * @param title what is shown
 * @param description what the chart shows, for readers who cannot see it
 * @param unit what the vertical axis measures
 * @param range the minimum range of the vertical axis
 * @param series the series, in the order of the legend
 */
public record LineChart(String title, String description, String unit, Range range, List<Series> series)
        implements Chart {
    private static final int LEFT = 52;
    private static final int RIGHT = WIDTH - 14;
    private static final int PLOT = 190;

    /** Copies the series. */
    public LineChart {
        series = List.copyOf(series);
    }

    /** A minimum range of the axis; the data may widen it. */
    public record Range(double low, double high) {
        /** The axis fits the data. */
        public static final Range OF_DATA = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

        /** From 0 to 1, for shares and gates. */
        public static final Range UNIT = new Range(0, 1);

        /** Includes 0. */
        public static final Range FROM_ZERO = new Range(0, 0);
    }

    /**
     * The runs that share a colour.
     *
     * @param name name in the legend
     * @param baseline whether it has the baseline's colour
     * @param runs the lines
     */
    public record Series(String name, boolean baseline, List<Run> runs) {
        /** Copies the runs. */
        public Series {
            runs = List.copyOf(runs);
        }
    }

    /**
     * One line.
     *
     * @param name its name within the series, such as its seed
     * @param values one for each epoch, from epoch 1; NaN for an epoch without a value, which breaks the line
     * @param marked the epoch to mark, such as the best
     */
    public record Run(String name, List<Double> values, OptionalInt marked) {
        /** Copies the values. */
        public Run {
            values = List.copyOf(values);
        }
    }

    @Override
    public Table table() {
        List<String> headings = new ArrayList<>(List.of("Epoch"));
        int epochs = 0;
        for (Series one : series) {
            for (Run run : one.runs()) {
                headings.add(one.name() + ", " + run.name());
                epochs = Math.max(epochs, run.values().size());
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(epoch)));
            for (Series one : series) {
                for (Run run : one.runs()) {
                    row.add(epoch <= run.values().size() ? number(run.values().get(epoch - 1)) : "");
                }
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
        double minimum = range.low();
        double maximum = range.high();
        int epochs = 2;
        for (Series one : series) {
            for (Run run : one.runs()) {
                epochs = Math.max(epochs, run.values().size());
                for (double value : run.values()) {
                    minimum = Double.isNaN(value) ? minimum : Math.min(minimum, value);
                    maximum = Double.isNaN(value) ? maximum : Math.max(maximum, value);
                }
            }
        }
        if (minimum > maximum) {
            minimum = 0;
            maximum = 1;
        }
        Scale vertical = Scale.covering(minimum, maximum, 4, bottom, top);
        double width = (RIGHT - LEFT) / (double) (epochs - 1);
        GridLines.horizontal(svg, vertical, LEFT, RIGHT);
        int every = Math.max(1, (int) Math.ceil(epochs / 10.0));
        for (int epoch = 1; epoch <= epochs; epoch += every) {
            svg.text("tick", LEFT + (epoch - 1) * width, bottom + 16, Svg.Anchor.MIDDLE, Integer.toString(epoch));
        }
        svg.text("tick", RIGHT, bottom + 33, Svg.Anchor.END, unit + " by epoch");
        for (int index = 0; index < series.size(); index++) {
            for (Run run : series.get(index).runs()) {
                draw(svg, vertical, width, series.get(index).name(), run, style(index));
            }
        }
        return new Drawing(bottom + 40, svg.markup());
    }

    private static void draw(Svg svg, Scale vertical, double width, String series, Run run, String style) {
        int epochs = run.values().size();
        double[] x = new double[epochs];
        double[] y = new double[epochs];
        for (int index = 0; index < epochs; index++) {
            x[index] = LEFT + index * width;
            y[index] = vertical.at(run.values().get(index));
        }
        for (int start = 0; start < epochs; start++) {
            int end = start;
            while (end < epochs && !Double.isNaN(y[end])) {
                end++;
            }
            if (end - start > 1) {
                svg.polyline("course " + style, Arrays.copyOfRange(x, start, end), Arrays.copyOfRange(y, start, end));
            }
            start = end;
        }
        for (int index = 0; index < epochs; index++) {
            if (!Double.isNaN(y[index])) {
                boolean marked = run.marked().isPresent() && run.marked().getAsInt() == index + 1;
                String tip = series + ", " + run.name() + ", epoch " + (index + 1) + ": "
                        + number(run.values().get(index)) + (marked ? " (kept)" : "");
                svg.circle(marked ? "mark " + style : "point " + style, x[index], y[index], marked ? 4.5 : 2, tip);
            }
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }

    /** Baseline and other series have the same styles as in all charts. */
    private String style(int index) {
        int baselines = 0;
        for (Series before : series.subList(0, index)) {
            baselines += before.baseline() ? 1 : 0;
        }
        return series.get(index).baseline() ? "base" : "s" + (index - baselines) % 4;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import org.sllmr.report.table.Table;

/**
 * A chart with its data, which it draws as SVG and returns as a table.
 *
 * <p>It is drawn in Java instead of by a script in the page, so it appears at once, can be printed, needs no network,
 * and can also be an image file ({@link ChartImage}).
 */
public sealed interface Chart permits BarChart, DistributionChart, DotChart, ForestChart, IntervalChart, LineChart {
    /** Width of every drawing in units of its view box; narrow, so that text is readable on a phone. */
    int WIDTH = 440;

    /** A short heading. */
    String title();

    /** What the chart shows, for readers who cannot see it. */
    String description();

    /** The numbers of the chart. */
    Table table();

    /** The drawing as an {@code svg} element that scales to its container and takes its colours from style classes. */
    default String svg() {
        Drawing drawing = drawing();
        return "<svg class=\"chart\" viewBox=\"0 0 " + WIDTH + " " + drawing.height() + "\" role=\"img\" aria-label=\""
                + Markup.escape(title() + ". " + description()) + "\">" + drawing.markup() + "</svg>";
    }

    /** The shapes, without the enclosing element. */
    Drawing drawing();

    /**
     * Shapes and their height.
     *
     * @param height height in units of the view box
     * @param markup the SVG elements
     */
    record Drawing(int height, String markup) {}
}

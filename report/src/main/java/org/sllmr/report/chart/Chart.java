// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import org.sllmr.report.table.Table;

/**
 * A chart with its data; draws itself as SVG and gives its numbers as a table.
 *
 * <p>Drawn in Java instead of by a script in the page: it is there at once, prints, needs no network, and the same
 * drawing is a picture file (see {@link ChartImage}).
 */
public sealed interface Chart permits BarChart, DistributionChart, DotChart, ForestChart, IntervalChart, LineChart {
    /** Width of every drawing, in the units of its view box; narrow, so that text stays readable on a phone. */
    int WIDTH = 440;

    /** What is shown, as a short heading. */
    String title();

    /** What the picture tells, for those who cannot see it. */
    String description();

    /** The numbers behind the picture. */
    Table table();

    /** The drawing as an {@code svg} element that scales to its place and takes its colours from style classes. */
    default String svg() {
        Drawing drawing = drawing();
        return "<svg class=\"chart\" viewBox=\"0 0 " + WIDTH + " " + drawing.height() + "\" role=\"img\" aria-label=\""
                + Markup.escape(title() + ". " + description()) + "\">" + drawing.markup() + "</svg>";
    }

    /** The shapes, without the element around them. */
    Drawing drawing();

    /**
     * Shapes and the room they take.
     *
     * @param height height in the units of the view box
     * @param markup the SVG elements
     */
    record Drawing(int height, String markup) {}
}

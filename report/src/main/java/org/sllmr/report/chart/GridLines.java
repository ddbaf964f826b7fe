// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

/** Grid lines and tick labels. */
final class GridLines {
    private GridLines() {}

    /** Vertical lines in the rows of a group, below its heading. */
    static void band(Svg svg, Scale scale, double top, double bottom) {
        for (int tick = 0; tick <= scale.steps(); tick++) {
            double x = scale.at(scale.tick(tick));
            svg.line("grid", x, top, x, bottom);
        }
    }

    /** Labels of vertical lines. */
    static void numbers(Svg svg, Scale scale, double bottom) {
        for (int tick = 0; tick <= scale.steps(); tick++) {
            svg.text("tick", scale.at(scale.tick(tick)), bottom + 16, Svg.Anchor.MIDDLE, scale.label(tick));
        }
    }

    /** Horizontal lines from left to right, with labels to their left. */
    static void horizontal(Svg svg, Scale scale, double left, double right) {
        for (int tick = 0; tick <= scale.steps(); tick++) {
            double y = scale.at(scale.tick(tick));
            svg.line("grid", left, y, right, y);
            svg.text("tick", left - 6, y + 4, Svg.Anchor.END, scale.label(tick));
        }
    }
}

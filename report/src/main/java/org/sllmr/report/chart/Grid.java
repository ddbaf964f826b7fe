// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

/** Grid lines and tick labels. */
final class Grid {
    private Grid() {}

    /** Vertical lines from top to bottom, their numbers below. */
    static void vertical(Svg svg, Scale scale, double top, double bottom) {
        for (int tick = 0; tick <= scale.steps(); tick++) {
            double x = scale.at(scale.tick(tick));
            svg.line("grid", x, top, x, bottom);
            svg.text("tick", x, bottom + 16, Svg.Anchor.MIDDLE, scale.label(tick));
        }
    }

    /** Horizontal lines from left to right, their numbers before them. */
    static void horizontal(Svg svg, Scale scale, double left, double right) {
        for (int tick = 0; tick <= scale.steps(); tick++) {
            double y = scale.at(scale.tick(tick));
            svg.line("grid", left, y, right, y);
            svg.text("tick", left - 6, y + 4, Svg.Anchor.END, scale.label(tick));
        }
    }
}

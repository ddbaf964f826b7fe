// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.List;

/** Charts as an image file that follows the reader's light or dark theme. */
public final class ChartImage {
    private static final int GAP = 24;
    private static final int HEADING = 26;

    private ChartImage() {}

    /** An SVG document with the charts side by side under their titles. */
    public static String render(List<Chart> charts) {
        StringBuilder shapes = new StringBuilder();
        int height = 0;
        int x = GAP;
        StringBuilder words = new StringBuilder();
        for (Chart chart : charts) {
            Chart.Drawing drawing = chart.drawing();
            shapes.append("<g transform=\"translate(")
                    .append(x)
                    .append(' ')
                    .append(GAP)
                    .append(")\">");
            shapes.append("<text class=\"label heading\" x=\"4\" y=\"4\">").append(Markup.escape(chart.title()));
            shapes.append("</text><g transform=\"translate(0 ").append(HEADING).append(")\">");
            shapes.append(drawing.markup()).append("</g></g>\n");
            words.append(chart.title()).append(". ").append(chart.description()).append(' ');
            height = Math.max(height, drawing.height());
            x += Chart.WIDTH + GAP;
        }
        int total = height + HEADING + 2 * GAP;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + x + " " + total + "\" width=\"" + x
                + "\" height=\"" + total + "\" role=\"img\" aria-label=\""
                + Markup.escape(words.toString().strip()) + "\">\n<style>" + ChartStyle.css()
                + "</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n" + shapes + "</svg>\n";
    }
}

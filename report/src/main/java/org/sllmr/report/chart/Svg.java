// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.Locale;

/** Writes the shapes of a chart; colours come from style classes, so that one drawing serves light and dark themes. */
final class Svg {
    private final StringBuilder markup = new StringBuilder();

    /** Which part of a text is at its x. */
    enum Anchor {
        START("start"),
        MIDDLE("middle"),
        END("end");

        private final String value;

        Anchor(String value) {
            this.value = value;
        }
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        open("line", style);
        number("x1", x1);
        number("y1", y1);
        number("x2", x2);
        number("y2", y2);
        markup.append("/>");
    }

    void bar(String style, double x, double y, double width, double height, String tip) {
        open("rect", style);
        number("x", x);
        number("y", y);
        number("width", width);
        number("height", Math.max(0, height));
        number("rx", 2);
        tip("rect", tip);
    }

    void circle(String style, double x, double y, double radius, String tip) {
        open("circle", style);
        number("cx", x);
        number("cy", y);
        number("r", radius);
        tip("circle", tip);
    }

    /** A mark; all shapes appear equally large. */
    void mark(Shape shape, String style, double x, double y, double radius, String tip) {
        double half = radius * 0.84;
        switch (shape) {
            case CIRCLE -> circle(style, x, y, radius * 0.92, tip);
            case DIAMOND -> path(style, tip, x, y - radius, x + radius, y, x, y + radius, x - radius, y);
            case SQUARE ->
                path(style, tip, x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half);
            case TRIANGLE -> path(style, tip, x, y - radius, x + radius, y + half, x - radius, y + half);
            case CROSS -> cross(style, tip, x, y, radius, radius * 0.36);
        }
    }

    private void cross(String style, String tip, double x, double y, double r, double w) {
        path(
                style, tip, x - w, y - r, x + w, y - r, x + w, y - w, x + r, y - w, x + r, y + w, x + w, y + w, x + w,
                y + r, x - w, y + r, x - w, y + w, x - r, y + w, x - r, y - w, x - w, y - w);
    }

    /** A closed line through points, given as alternating x and y. */
    private void path(String style, String tip, double... points) {
        open("path", style);
        markup.append(" d=\"");
        for (int index = 0; index < points.length; index += 2) {
            markup.append(index == 0 ? 'M' : 'L')
                    .append(format(points[index]))
                    .append(' ')
                    .append(format(points[index + 1]));
        }
        markup.append("Z\"");
        tip("path", tip);
    }

    void polyline(String style, double[] x, double[] y) {
        open("polyline", style);
        markup.append(" points=\"");
        for (int index = 0; index < x.length; index++) {
            markup.append(index == 0 ? "" : " ")
                    .append(format(x[index]))
                    .append(',')
                    .append(format(y[index]));
        }
        markup.append("\"/>");
    }

    void text(String style, double x, double y, Anchor anchor, String words) {
        open("text", style);
        number("x", x);
        number("y", y);
        markup.append(" text-anchor=\"").append(anchor.value).append("\">");
        markup.append(Markup.escape(words)).append("</text>");
    }

    /** Text shortened to a number of characters; the table beside a chart shows it in full. */
    static String shortened(String words, int most) {
        return words.codePointCount(0, words.length()) <= most
                ? words
                : words.substring(0, words.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
    }

    String markup() {
        return markup.toString();
    }

    private void open(String element, String style) {
        markup.append('<').append(element).append(" class=\"").append(style).append('"');
    }

    private void number(String name, double value) {
        markup.append(' ').append(name).append("=\"").append(format(value)).append('"');
    }

    private void tip(String element, String tip) {
        markup.append("><title>")
                .append(Markup.escape(tip))
                .append("</title></")
                .append(element)
                .append('>');
    }

    private static String format(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}

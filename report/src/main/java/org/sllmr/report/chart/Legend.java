// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import java.util.List;

/** Draws the names of series beside their marks, in as many lines as needed. */
final class Legend {
    private static final double LETTER = 7.4;
    private static final int LINE = 20;

    private static final int MAX_LETTERS = 52;

    /** How a series is marked. */
    enum Mark {
        /** A mark of the entry's shape. */
        SHAPE,
        LINE,
        RING,
        BAR
    }

    /** A series in the legend. */
    record Entry(String style, Mark mark, Shape shape, String name) {
        /** A series that is not marked by a shape. */
        Entry(String style, Mark mark, String name) {
            this(style, mark, Shape.CIRCLE, name);
        }

        /** A series of marks. */
        static Entry of(String style, Shape shape, String name) {
            return new Entry(style, Mark.SHAPE, shape, name);
        }
    }

    private Legend() {}

    /** Draws the entries from the top; returns the y below them. */
    static int draw(Svg svg, List<Entry> entries) {
        double x = 4;
        int y = 12;
        for (Entry entry : entries) {
            String name = Svg.shortened(entry.name(), MAX_LETTERS);
            double width = 28 + name.length() * LETTER + 14;
            if (x > 4 && x + width > Chart.WIDTH) {
                x = 4;
                y += LINE;
            }
            switch (entry.mark()) {
                case SHAPE -> svg.mark(entry.shape(), "mark " + entry.style(), x + 10, y - 4, 6, entry.name());
                case LINE -> svg.line("course " + entry.style(), x, y - 4, x + 22, y - 4);
                case RING -> svg.circle("hollow " + entry.style(), x + 10, y - 4, 4.5, entry.name());
                case BAR -> svg.bar("bar " + entry.style(), x + 4, y - 10, 12, 12, entry.name());
            }
            svg.text("label", x + 27, y, Svg.Anchor.START, name);
            x += width;
        }
        return entries.isEmpty() ? 0 : y + 10;
    }
}

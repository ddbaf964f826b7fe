// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.chart;

import org.sllmr.report.table.PlainText;

/** Escapes text for HTML and SVG, between elements and in quoted attributes. */
public final class Markup {
    private Markup() {}

    /**
     * Escapes the five special characters. Control characters, those that reorder text, and those that XML does not
     * allow become U+FFFD.
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t' -> escaped.appendCodePoint(c);
                case '\r' -> escaped.append(' ');
                default -> escaped.appendCodePoint(isShown(c) ? c : PlainText.REPLACEMENT);
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int c) {
        return !PlainText.isHarmful(c) && c != 0xFFFE && c != 0xFFFF;
    }
}

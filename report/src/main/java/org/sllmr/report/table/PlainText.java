// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

/** Makes text safe to show: replaces characters that control a terminal or reorder text. */
public final class PlainText {
    /** Stands for a character that is not shown. */
    public static final int REPLACEMENT = 0xFFFD;

    private PlainText() {}

    /**
     * The text on one line: line ends and tabs become spaces; other control characters, direction marks, and unpaired
     * surrogates become U+FFFD.
     */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isSpace(c) ? ' ' : isHarmful(c) ? REPLACEMENT : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean isSpace(int c) {
        return c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029 || c == 0x85;
    }

    /** Whether a character controls a terminal, reorders text, or is half of one. */
    public static boolean isHarmful(int c) {
        return Character.getType(c) == Character.CONTROL
                || Character.getType(c) == Character.SURROGATE
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}

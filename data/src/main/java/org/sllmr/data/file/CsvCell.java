// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.file;

import java.util.regex.Pattern;

/** A cell of a CSV file (RFC 4180) that a spreadsheet shows as text and never runs as a formula. */
public final class CsvCell {
    private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern PLAIN = Pattern.compile("[^,\"\\r\\n\\t']*");

    private CsvCell() {}

    /**
     * The text as a cell.
     *
     * <p>Text that begins like a formula ({@code =}, {@code +}, {@code -}, {@code @}, also after blanks) and is not a
     * number gets an apostrophe in front, which marks text in spreadsheets. So does text that begins with an
     * apostrophe, so removing one gives the text back. Control characters other than line ends and tabs become U+FFFD.
     */
    public static String of(String text) {
        String harmless = text.codePoints()
                .map(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\r' && c != '\t' ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean formula =
                FORMULA.matcher(harmless).matches() && !NUMBER.matcher(harmless).matches();
        String cell = formula || harmless.startsWith("'") ? "'" + harmless : harmless;
        return PLAIN.matcher(cell).matches() ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.TerminalFormat;

/** Builds a table of names and numbers row by row, and prints it. */
public final class TableRows {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> headings;
    private final int names;

    /**
     * A table whose first column holds names.
     *
     * @param headings of the columns; all empty for a table without headings
     */
    public TableRows(String... headings) {
        this(1, headings);
    }

    /** A table whose first {@code names} columns hold names. */
    public TableRows(int names, String... headings) {
        this.names = names;
        this.headings = List.of(headings);
    }

    /** Adds a row; missing cells at its end are empty. */
    public TableRows row(String... cells) {
        List<String> row = new ArrayList<>(List.of(cells));
        while (row.size() < headings.size()) {
            row.add("");
        }
        rows.add(row);
        return this;
    }

    /** A whole number with separators between thousands. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A share of a whole in percent, or "-" without a whole. */
    public static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** A number with four decimals. */
    public static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A number with four decimals, or "-" if it is undefined. */
    public static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "-";
    }

    /** The table as text for a terminal of that width. */
    public String text(int width) {
        List<Table.Group> groups = List.of(Table.Group.of("", rows));
        return new TerminalFormat(width, false).render(Table.of("", headings, names, groups, ""));
    }

    /** Prints the table for a terminal of that width. */
    public void print(PrintStream out, int width) {
        out.print(text(width));
    }
}

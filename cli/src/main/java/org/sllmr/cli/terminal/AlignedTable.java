// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Rows of cells in columns as wide as needed: names to the left, numbers to the right. */
public final class AlignedTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    private final int names;

    /** A table whose first column holds names. */
    public AlignedTable() {
        this(1);
    }

    /** A table whose first columns hold names. */
    public AlignedTable(int names) {
        this.names = names;
    }

    /** Adds a row. */
    public AlignedTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** A whole number with separators between thousands. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A share of a whole in percent, or "-" where there is no whole. */
    public static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** A number with four decimals. */
    public static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** A number with four decimals, or "-" where there is none. */
    public static String decimal(OptionalDouble value) {
        return value.isPresent() ? decimal(value.getAsDouble()) : "-";
    }

    /** Prints all rows. */
    public void print(PrintStream out) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), row.get(column).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths.get(column) - cell.length());
                line.append(column == 0 ? "" : GAP).append(column < names ? cell + padding : padding + cell);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}

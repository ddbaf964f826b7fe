// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of settings on a page of the documentation.
 *
 * @param rows the rows by key
 */
record SettingsTable(Map<String, Row> rows) {
    /**
     * A setting as the page shows it.
     *
     * @param defaultValue without backticks
     * @param allowed as it stands there
     */
    record Row(String defaultValue, String allowed) {}

    /**
     * The table below a heading whose first column is called so.
     *
     * @param kind the second column of the rows that are wanted, where it tells several records apart; otherwise ""
     */
    static SettingsTable of(String page, String heading, String firstColumn, String kind) {
        Map<String, Row> rows = new LinkedHashMap<>();
        List<String> header = List.of();
        for (String line : section(page, heading)) {
            List<String> cells = cells(line);
            if (cells.isEmpty()) {
                header = List.of();
            } else if (header.isEmpty()) {
                header = cells;
            } else if (header.get(0).equals(firstColumn)
                    && !line.startsWith("|--")
                    && (kind.isEmpty() || bare(cells.get(1)).equals(kind))) {
                Row row = new Row(bare(cells.get(header.indexOf("default"))), cells.get(header.indexOf("allowed")));
                if (rows.put(bare(cells.get(0)), row) != null) {
                    throw new AssertionError(heading + " has " + cells.get(0) + " twice");
                }
            }
        }
        return new SettingsTable(rows);
    }

    private static List<String> section(String page, String heading) {
        List<String> lines = page.lines().toList();
        int from = lines.indexOf(heading);
        if (from < 0) {
            throw new AssertionError("no heading " + heading);
        }
        int to = from + 1;
        while (to < lines.size() && !lines.get(to).startsWith("#")) {
            to++;
        }
        return lines.subList(from + 1, to);
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static String bare(String cell) {
        return cell.replace("`", "");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sllmr.report.result.ResultTable.Row;

/**
 * Aligned columns for a terminal.
 *
 * @param colour whether verdicts are coloured by ANSI codes; the words stay the same
 */
public record TerminalFormat(boolean colour) implements TableFormat {
    private static final String GAP = "  ";
    private static final int WIDTH = 100;

    @Override
    public String render(ResultTable table) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<Row>> group : TableGroups.of(table).entrySet()) {
            text.append(group.getKey()).append("\n\n");
            renderGroup(table, group.getValue(), text);
            text.append('\n');
        }
        wrap(TableCells.note(table), text);
        return text.toString();
    }

    private void renderGroup(ResultTable table, List<Row> rows, StringBuilder text) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(TableCells.headings(table));
        String metric = "";
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(TableCells.of(table, row));
            if (cells.get(0).equals(metric)) {
                cells.set(0, "");
            } else {
                metric = cells.get(0);
            }
            lines.add(cells);
        }
        int[] widths = widths(lines);
        for (int line = 0; line < lines.size(); line++) {
            List<String> cells = lines.get(line);
            StringBuilder aligned = new StringBuilder();
            for (int column = 0; column < cells.size(); column++) {
                String padding = " ".repeat(widths[column] - cells.get(column).length());
                boolean last = column == cells.size() - 1;
                aligned.append(last && line > 0 ? verdict(rows.get(line - 1), cells.get(column)) : cells.get(column));
                aligned.append(padding).append(GAP);
            }
            text.append(aligned.toString().stripTrailing()).append('\n');
        }
    }

    private String verdict(Row row, String words) {
        if (!colour || words.isEmpty()) {
            return words;
        }
        return switch (row.verdict()) {
            case BETTER -> "\u001b[32m" + words + "\u001b[0m";
            case WORSE -> "\u001b[31m" + words + "\u001b[0m";
            case NOT_SIGNIFICANT, UNTESTED -> "\u001b[2m" + words + "\u001b[0m";
        };
    }

    private static int[] widths(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return widths;
    }

    private static void wrap(String words, StringBuilder text) {
        int length = 0;
        for (String word : words.split(" ")) {
            if (length + word.length() + 1 > WIDTH) {
                text.append('\n');
                length = 0;
            } else if (length > 0) {
                text.append(' ');
                length++;
            }
            text.append(word);
            length += word.length();
        }
        text.append('\n');
    }
}

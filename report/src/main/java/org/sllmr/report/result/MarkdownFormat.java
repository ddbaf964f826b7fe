// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sllmr.report.result.ResultTable.Row;

/** A table a dataset and backbone in GitHub's Markdown, significant verdicts in bold. */
public record MarkdownFormat() implements TableFormat {
    @Override
    public String render(ResultTable table) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, List<Row>> group : TableGroups.of(table).entrySet()) {
            text.append("**").append(escape(group.getKey())).append("**\n\n");
            List<String> headings = TableCells.headings(table);
            line(text, headings);
            text.append('|')
                    .append("---|".repeat(TableCells.NAMES))
                    .append("--:|".repeat(headings.size() - TableCells.NAMES - 1))
                    .append("---|\n");
            for (Row row : group.getValue()) {
                List<String> cells = TableCells.of(table, row);
                String verdict = cells.get(cells.size() - 1);
                boolean strong = row.verdict() == Verdict.BETTER || row.verdict() == Verdict.WORSE;
                text.append(cells.subList(0, cells.size() - 1).stream()
                        .map(MarkdownFormat::escape)
                        .collect(Collectors.joining(" | ", "| ", " | ")));
                text.append(strong ? "**" + verdict + "**" : verdict).append(" |\n");
            }
            text.append('\n');
        }
        return text.append(TableCells.note(table)).append('\n').toString();
    }

    /** A table with its groups as rows of their own. */
    public String render(GroupedTable table) {
        StringBuilder text = new StringBuilder("**" + escape(table.caption()) + "**\n\n");
        line(text, table.headings());
        text.append('|');
        for (int column = 0; column < table.headings().size(); column++) {
            text.append(column < table.names() ? "---|" : "--:|");
        }
        text.append('\n');
        for (GroupedTable.Group group : table.groups()) {
            text.append("| **").append(escape(group.heading())).append("** |");
            text.append(" |".repeat(table.headings().size() - 1)).append('\n');
            for (List<String> row : group.rows()) {
                line(text, row);
            }
        }
        return text + "\n" + (table.note().isEmpty() ? "" : table.note() + "\n");
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(MarkdownFormat::escape).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if ("\\`*_|<>".indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c == '\n' ? ' ' : c);
        }
        return escaped.toString();
    }
}

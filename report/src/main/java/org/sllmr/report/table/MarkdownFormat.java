// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.List;
import java.util.stream.Collectors;
import org.sllmr.report.table.Table.Kind;

/** Tables in GitHub's Markdown: group headings are rows, significant verdicts bold. */
public record MarkdownFormat() {
    private static final String MARKUP = "\\`*_|[]#~$!";

    /** The table, ending with a line break. */
    public String render(Table table) {
        StringBuilder text = new StringBuilder("**" + escape(table.caption()) + "**\n\n");
        line(text, table.headings().stream().map(MarkdownFormat::escape).toList());
        text.append('|');
        for (Table.Column column : table.columns()) {
            text.append(column.kind() == Kind.NUMBER ? "--:|" : "---|");
        }
        text.append('\n');
        for (Table.Group group : table.groups()) {
            if (!group.heading().isEmpty()) {
                text.append("| **").append(escape(group.heading())).append("** |");
                text.append(" |".repeat(table.columns().size() - 1)).append('\n');
            }
            for (Table.Row row : group.rows()) {
                line(text, cells(table, row));
            }
        }
        return text + "\n" + (table.note().isEmpty() ? "" : escape(table.note()) + "\n");
    }

    private static List<String> cells(Table table, Table.Row row) {
        List<String> cells = row.cells().stream().map(MarkdownFormat::escape).collect(Collectors.toList());
        for (int column = 0; column < cells.size(); column++) {
            if (table.columns().get(column).kind() == Kind.VERDICT && row.tone() != Tone.NEUTRAL) {
                cells.set(column, "**" + cells.get(column) + "**");
            }
        }
        return cells;
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    /** Escapes text for Markdown and the HTML within it. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : PlainText.line(text).toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    if (MARKUP.indexOf(c) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sllmr.report.result.ResultTable.Row;

/** A {@code tabular} for the booktabs package. */
public record LatexFormat() implements TableFormat {
    @Override
    public String render(ResultTable table) {
        List<String> headings = TableCells.headings(table);
        StringBuilder text = new StringBuilder("\\begin{tabular}{")
                .append("l".repeat(TableCells.NAMES))
                .append("r".repeat(headings.size() - TableCells.NAMES - 1))
                .append("l}\n\\toprule\n");
        line(text, headings);
        for (Map.Entry<String, List<Row>> group : TableGroups.of(table).entrySet()) {
            text.append("\\midrule\n\\multicolumn{")
                    .append(headings.size())
                    .append("}{l}{\\emph{")
                    .append(escape(group.getKey()))
                    .append("}} \\\\\n");
            for (Row row : group.getValue()) {
                line(text, TableCells.of(table, row));
            }
        }
        text.append("\\bottomrule\n\\end{tabular}\n% ")
                .append(TableCells.note(table))
                .append('\n');
        return text.toString();
    }

    /** A table with its groups under rules. */
    public String render(GroupedTable table) {
        int columns = table.headings().size();
        StringBuilder text = new StringBuilder("% " + table.caption() + "\n\\begin{tabular}{")
                .append("l".repeat(table.names()))
                .append("r".repeat(columns - table.names()))
                .append("}\n\\toprule\n");
        line(text, table.headings());
        for (GroupedTable.Group group : table.groups()) {
            text.append("\\midrule\n\\multicolumn{").append(columns).append("}{l}{\\emph{");
            text.append(escape(group.heading())).append("}} \\\\\n");
            for (List<String> row : group.rows()) {
                line(text, row);
            }
        }
        text.append("\\bottomrule\n\\end{tabular}\n");
        return text + (table.note().isEmpty() ? "" : "% " + table.note() + "\n");
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(LatexFormat::escape).collect(Collectors.joining(" & ")))
                .append(" \\\\\n");
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            switch (c) {
                case '\\' -> escaped.append("\\textbackslash{}");
                case '~' -> escaped.append("\\textasciitilde{}");
                case '^' -> escaped.append("\\textasciicircum{}");
                case '<' -> escaped.append("$<$");
                case '>' -> escaped.append("$>$");
                case '±' -> escaped.append("$\\pm$");
                case '-' -> escaped.append(escaped.length() > 0 && isWord(escaped) ? "-" : "$-$");
                case '\n' -> escaped.append(' ');
                case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A hyphen stands after a letter or digit, a minus sign does not. */
    private static boolean isWord(StringBuilder text) {
        return Character.isLetterOrDigit(text.charAt(text.length() - 1));
    }
}

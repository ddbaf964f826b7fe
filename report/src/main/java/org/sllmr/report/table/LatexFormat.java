// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.List;
import java.util.stream.Collectors;
import org.sllmr.report.table.Table.Kind;

/** Tables as {@code tabular} for the booktabs package, groups separated by rules, caption and note as comments. */
public record LatexFormat() {
    /** The table, ending with a line break. */
    public String render(Table table) {
        int columns = table.columns().size();
        StringBuilder text = new StringBuilder("% " + PlainText.line(table.caption()) + "\n\\begin{tabular}{");
        table.columns().forEach(column -> text.append(column.kind() == Kind.NUMBER ? 'r' : 'l'));
        text.append("}\n\\toprule\n");
        line(text, table.headings());
        for (Table.Group group : table.groups()) {
            text.append("\\midrule\n");
            if (!group.heading().isEmpty()) {
                text.append("\\multicolumn{").append(columns).append("}{l}{\\emph{");
                text.append(escape(group.heading())).append("}} \\\\\n");
            }
            for (Table.Row row : group.rows()) {
                line(text, row.cells());
            }
        }
        text.append("\\bottomrule\n\\end{tabular}\n");
        return text + (table.note().isEmpty() ? "" : "% " + PlainText.line(table.note()) + "\n");
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(LatexFormat::escape).collect(Collectors.joining(" & ")))
                .append(" \\\\\n");
    }

    /** Escapes text for LaTeX; a minus sign before a number remains one. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        String line = PlainText.line(text);
        for (int index = 0; index < line.length(); index++) {
            char c = line.charAt(index);
            switch (c) {
                case '\\' -> escaped.append("\\textbackslash{}");
                case '~' -> escaped.append("\\textasciitilde{}");
                case '^' -> escaped.append("\\textasciicircum{}");
                case '|' -> escaped.append("\\textbar{}");
                case '`' -> escaped.append("\\textasciigrave{}");
                case '<' -> escaped.append("$<$");
                case '>' -> escaped.append("$>$");
                case '±' -> escaped.append("$\\pm$");
                case '\u00a0' -> escaped.append('~');
                case '\ufffd' -> escaped.append('?');
                // After the end of a row LaTeX would read these as its options.
                case '[', '*' -> escaped.append('{').append(c).append('}');
                case '-' -> escaped.append(minus(line, index) ? "$-$" : "-{}");
                case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A minus sign is before a digit and not after a letter or digit. */
    private static boolean minus(String line, int index) {
        boolean afterWord = index > 0 && Character.isLetterOrDigit(line.charAt(index - 1));
        return !afterWord && index + 1 < line.length() && Character.isDigit(line.charAt(index + 1));
    }
}

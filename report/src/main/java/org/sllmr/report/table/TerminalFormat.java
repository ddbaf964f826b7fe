// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.table;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.report.table.Table.Kind;

/**
 * Aligned columns for a terminal.
 *
 * <p>A table that is wider than the terminal first loses its optional columns, from the last one on; then cells are
 * broken at spaces, where that adds the fewest lines. Nothing is cut off.
 *
 * @param width columns of the terminal
 * @param colour whether verdicts are coloured by ANSI codes; the words stay the same
 */
public record TerminalFormat(int width, boolean colour) {
    private static final String GAP = "  ";
    private static final String INDENT = " ";

    /** The table, ending with a line break. */
    public String render(Table table) {
        StringBuilder text = new StringBuilder();
        if (!table.caption().isEmpty()) {
            wrap(PlainText.line(table.caption()), text);
            text.append('\n');
        }
        List<Integer> shown = shown(table);
        int[] widths = fitted(table, shown);
        List<String> headings =
                shown.stream().map(column -> table.headings().get(column)).toList();
        boolean indented = indented(table);
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            new TerminalFormat(width, false)
                    .lines(table, shown, widths, headings, Tone.NEUTRAL, indented ? INDENT : "", text);
        }
        for (Table.Group group : table.groups()) {
            if (!group.heading().isEmpty()) {
                wrap(PlainText.line(group.heading()), text);
            }
            for (Table.Row row : group.rows()) {
                List<String> cells =
                        shown.stream().map(column -> row.cells().get(column)).toList();
                lines(table, shown, widths, cells, row.tone(), indented ? INDENT : "", text);
            }
        }
        if (!table.note().isEmpty()) {
            text.append('\n');
            wrap(PlainText.line(table.note()), text);
        }
        return text.toString();
    }

    private static boolean indented(Table table) {
        return table.groups().stream().anyMatch(group -> !group.heading().isEmpty());
    }

    /** The columns that fit, as far as omitting optional ones helps. */
    private List<Integer> shown(Table table) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < table.columns().size(); column++) {
            shown.add(column);
        }
        for (int column = table.columns().size() - 1; column >= 0 && room(table, shown) < 0; column--) {
            if (table.columns().get(column).optional()) {
                shown.remove(Integer.valueOf(column));
            }
        }
        return shown;
    }

    /** Unused width of the terminal if nothing is broken. */
    private int room(Table table, List<Integer> shown) {
        int total = indented(table) ? INDENT.length() : 0;
        for (int column : shown) {
            total += GAP.length() + LineBreaking.widest(texts(table, column), Integer.MAX_VALUE);
        }
        return width - (total - GAP.length());
    }

    private int[] fitted(Table table, List<Integer> shown) {
        int[] widths = new int[shown.size()];
        List<List<String>> texts = new ArrayList<>();
        for (int index = 0; index < widths.length; index++) {
            texts.add(texts(table, shown.get(index)));
            widths[index] = LineBreaking.widest(texts.get(index), Integer.MAX_VALUE);
        }
        LineBreaking.narrow(widths, texts, -room(table, shown));
        return widths;
    }

    private static List<String> texts(Table table, int column) {
        List<String> texts = new ArrayList<>();
        texts.add(table.headings().get(column));
        for (Table.Group group : table.groups()) {
            group.rows().forEach(row -> texts.add(row.cells().get(column)));
        }
        return texts.stream().map(PlainText::line).toList();
    }

    private void lines(
            Table table,
            List<Integer> shown,
            int[] widths,
            List<String> cells,
            Tone tone,
            String indent,
            StringBuilder text) {
        List<List<String>> broken = new ArrayList<>();
        int height = 1;
        for (int index = 0; index < cells.size(); index++) {
            broken.add(LineBreaking.lines(PlainText.line(cells.get(index)), widths[index]));
            height = Math.max(height, broken.get(index).size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder aligned = new StringBuilder(indent);
            for (int index = 0; index < cells.size(); index++) {
                String part =
                        line < broken.get(index).size() ? broken.get(index).get(line) : "";
                String padding = " ".repeat(widths[index] - LineBreaking.width(part));
                Kind kind = table.columns().get(shown.get(index)).kind();
                aligned.append(index == 0 ? "" : GAP);
                aligned.append(
                        kind == Kind.NUMBER
                                ? padding + part
                                : (kind == Kind.VERDICT ? coloured(part, tone) : part) + padding);
            }
            text.append(aligned.toString().replace('\u00a0', ' ').stripTrailing())
                    .append('\n');
        }
    }

    private String coloured(String words, Tone tone) {
        if (!colour || words.isEmpty()) {
            return words;
        }
        return switch (tone) {
            case GOOD -> "\u001b[32m" + words + "\u001b[0m";
            case BAD -> "\u001b[31m" + words + "\u001b[0m";
            case NEUTRAL -> "\u001b[2m" + words + "\u001b[0m";
        };
    }

    /** A text in lines of this width. */
    public String wrapped(String sentence) {
        StringBuilder text = new StringBuilder();
        wrap(PlainText.line(sentence), text);
        return text.toString();
    }

    private void wrap(String words, StringBuilder text) {
        for (String line : LineBreaking.lines(words, width)) {
            text.append(line.replace('\u00a0', ' ')).append('\n');
        }
    }
}

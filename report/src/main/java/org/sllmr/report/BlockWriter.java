// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.util.Locale;
import org.sllmr.report.Block.Charts;
import org.sllmr.report.Block.Code;
import org.sllmr.report.Block.Fact;
import org.sllmr.report.Block.Facts;
import org.sllmr.report.Block.Paragraph;
import org.sllmr.report.Block.Rows;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Table.Kind;

/** Writes blocks as HTML. */
final class BlockWriter {
    private BlockWriter() {}

    static void write(Block block, HtmlWriter html) {
        if (block instanceof Paragraph paragraph) {
            html.element("p", paragraph.text());
        } else if (block instanceof Charts charts) {
            charts(charts, html);
        } else if (block instanceof Rows rows) {
            rows(rows.table(), html);
        } else if (block instanceof Facts facts) {
            facts(facts, html);
        } else if (block instanceof Code code) {
            code(code, html);
        }
    }

    private static void charts(Charts charts, HtmlWriter html) {
        html.open("div", "class", "charts").line();
        for (Chart chart : charts.charts()) {
            html.open("figure").line();
            html.open("figcaption")
                    .element("h3", chart.title())
                    .element("p", chart.description())
                    .close();
            html.line().own(chart.svg()).line();
            html.open("details").element("summary", "The numbers: " + chart.title());
            rows(chart.table().withCaption(chart.title()), html);
            html.close().line();
            html.close().line();
        }
        html.close();
    }

    private static void rows(Table table, HtmlWriter html) {
        openTable(table.caption(), html);
        html.open("thead").open("tr");
        for (Table.Column column : table.columns()) {
            html.element("th", column.heading(), "scope", "col", "class", style(column));
        }
        html.close().close().line();
        for (Table.Group group : table.groups()) {
            html.open("tbody").line();
            if (!group.heading().isEmpty()) {
                String width = Integer.toString(table.columns().size());
                html.open("tr", "class", "group").open("th", "scope", "rowgroup", "colspan", width);
                html.element("span", group.heading()).close().close().line();
            }
            String before = "";
            for (Table.Row row : group.rows()) {
                String name = row.cells().get(0);
                boolean again = name.equals(before);
                before = name;
                html.open("tr", "class", again ? "again" : "first");
                html.element(
                        "th",
                        again ? "" : name,
                        "scope",
                        "row",
                        "class",
                        style(table.columns().get(0)));
                for (int column = 1; column < row.cells().size(); column++) {
                    cell(table.columns().get(column), row, row.cells().get(column), html);
                }
                html.close().line();
            }
            html.close();
        }
        html.close().close();
        if (!table.note().isEmpty()) {
            html.element("p", table.note(), "class", "note");
        }
    }

    private static void cell(Table.Column column, Table.Row row, String text, HtmlWriter html) {
        html.open("td", "class", style(column));
        if (column.kind() == Kind.VERDICT && !text.isEmpty()) {
            html.element("span", text, "class", "badge " + row.tone().name().toLowerCase(Locale.ROOT));
        } else {
            html.text(text);
        }
        html.close();
    }

    private static String style(Table.Column column) {
        return column.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The frame scrolls sideways on narrow pages, so it must be reachable by keyboard. */
    private static void openTable(String caption, HtmlWriter html) {
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", caption);
        html.open("table").element("caption", caption);
    }

    private static void facts(Facts facts, HtmlWriter html) {
        html.open("dl", "class", "facts");
        for (Fact fact : facts.facts()) {
            html.open("div")
                    .element("dt", fact.name())
                    .element("dd", fact.value())
                    .close();
        }
        html.close();
    }

    private static void code(Code code, HtmlWriter html) {
        html.open("div", "class", "code").element("p", code.caption());
        html.open("pre", "tabindex", "0").element("code", code.text()).close().close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report;

import java.util.List;
import org.sllmr.report.Block.Charts;
import org.sllmr.report.Block.Code;
import org.sllmr.report.Block.Fact;
import org.sllmr.report.Block.Facts;
import org.sllmr.report.Block.Paragraph;
import org.sllmr.report.Block.Results;
import org.sllmr.report.Block.Rows;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.ChartTable;
import org.sllmr.report.result.GroupedTable;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.ResultTable.Row;
import org.sllmr.report.result.TableCells;

/** Writes each kind of block as HTML. */
final class BlockWriter {
    /** Style classes of the cells of a result's row, by column. */
    private static final List<String> CELLS =
            List.of("metric", "method", "mean", "seeds", "difference", "p", "verdict");

    /** The same where p values are corrected. */
    private static final List<String> CORRECTED_CELLS =
            List.of("metric", "method", "mean", "seeds", "difference", "alone", "p holm", "effect", "verdict");

    private BlockWriter() {}

    static void write(Block block, HtmlWriter html) {
        if (block instanceof Paragraph paragraph) {
            html.element("p", paragraph.text());
        } else if (block instanceof Charts charts) {
            charts(charts, html);
        } else if (block instanceof Results results) {
            results(results.table(), html);
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
            table(chart.table(), chart.title(), html);
            html.close().line();
            html.close().line();
        }
        html.close();
    }

    private static void table(ChartTable table, String caption, HtmlWriter html) {
        openTable(caption, "scroll", html);
        html.open("thead").open("tr");
        for (String heading : table.headings()) {
            html.element("th", heading, "scope", "col");
        }
        html.close().close().open("tbody");
        for (List<String> row : table.rows()) {
            html.open("tr");
            for (int column = 0; column < row.size(); column++) {
                if (column == 0) {
                    html.element("th", row.get(column), "scope", "row");
                } else {
                    html.element("td", row.get(column));
                }
            }
            html.close();
        }
        html.close();
        closeTable(html);
    }

    private static void results(ResultTable table, HtmlWriter html) {
        openTable("Results by metric and method", "scroll results", html);
        html.open("thead").open("tr");
        for (String heading : TableCells.headings(table)) {
            html.element("th", heading, "scope", "col");
        }
        html.close().close().line();
        List<String> styles = table.corrected() ? CORRECTED_CELLS : CELLS;
        String metric = "";
        boolean opened = false;
        for (Row row : table.rows()) {
            List<String> cells = TableCells.of(table, row);
            boolean first = !cells.get(0).equals(metric);
            if (first) {
                if (opened) {
                    html.close();
                }
                html.open("tbody").line();
                opened = true;
                metric = cells.get(0);
            }
            html.open("tr");
            html.element("th", first ? metric : "", "scope", "row", "class", styles.get(0));
            for (int column = 1; column < cells.size() - 1; column++) {
                html.element("td", cells.get(column), "class", styles.get(column));
            }
            html.open("td", "class", styles.get(styles.size() - 1));
            String verdict = cells.get(cells.size() - 1);
            if (!verdict.isEmpty()) {
                html.element("span", verdict, "class", "badge " + tone(row));
            }
            html.close().close().line();
        }
        if (opened) {
            html.close();
        }
        closeTable(html);
        html.element("p", TableCells.note(table), "class", "note");
    }

    private static void rows(GroupedTable table, HtmlWriter html) {
        openTable(table.caption(), "scroll grouped", html);
        html.open("thead").open("tr");
        for (int column = 0; column < table.headings().size(); column++) {
            html.element("th", table.headings().get(column), "scope", "col", "class", kind(table, column));
        }
        html.close().close().line();
        for (GroupedTable.Group group : table.groups()) {
            html.open("tbody").line();
            String width = Integer.toString(table.headings().size());
            html.open("tr", "class", "group")
                    .element("th", group.heading(), "scope", "rowgroup", "colspan", width)
                    .close()
                    .line();
            String before = "";
            for (List<String> row : group.rows()) {
                boolean again = row.get(0).equals(before);
                before = row.get(0);
                html.open("tr", "class", again ? "again" : "first");
                html.element("th", again ? "" : row.get(0), "scope", "row");
                for (int column = 1; column < row.size(); column++) {
                    html.element("td", row.get(column), "class", kind(table, column));
                }
                html.close().line();
            }
            html.close();
        }
        closeTable(html);
        if (!table.note().isEmpty()) {
            html.element("p", table.note(), "class", "note");
        }
    }

    private static String kind(GroupedTable table, int column) {
        return column < table.names() ? "name" : "number";
    }

    private static String tone(Row row) {
        return switch (row.verdict()) {
            case BETTER -> "good";
            case WORSE -> "bad";
            case NOT_SIGNIFICANT, UNTESTED -> "neutral";
        };
    }

    /** The frame scrolls sideways on a narrow screen, so it can be reached by keyboard. */
    private static void openTable(String caption, String style, HtmlWriter html) {
        html.open("div", "class", style, "role", "region", "tabindex", "0", "aria-label", caption);
        html.open("table").element("caption", caption);
    }

    private static void closeTable(HtmlWriter html) {
        html.close().close();
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

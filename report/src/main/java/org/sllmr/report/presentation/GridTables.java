// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.report.result.GroupedTable;
import org.sllmr.report.result.GroupedTable.Group;
import org.sllmr.report.result.MetricColumn;
import org.sllmr.report.result.PairedDifference;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.Summary;
import org.sllmr.report.result.TableCells;
import org.sllmr.runs.grid.GridCell;

/** The tables of an experiment. */
public final class GridTables {
    private GridTables() {}

    /** All of them, for files: published numbers, results, differences. */
    public static List<GroupedTable> all(GridResults results) {
        List<GroupedTable> tables = new ArrayList<>(published(results));
        tables.add(means(results));
        differences(results).ifPresent(tables::add);
        return tables;
    }

    /** Published numbers beside ours, a table for each metric that has some. */
    static List<GroupedTable> published(GridResults results) {
        List<GroupedTable> tables = new ArrayList<>();
        for (MetricColumn metric : results.publishedMetrics()) {
            List<Group> groups = new ArrayList<>();
            for (String data : results.data()) {
                List<List<String>> rows = new ArrayList<>();
                for (String backbone : results.backbones()) {
                    for (String framework : results.frameworks()) {
                        publishedRow(results, new GridCell(data, backbone, framework), metric)
                                .ifPresent(rows::add);
                    }
                }
                if (!rows.isEmpty()) {
                    groups.add(new Group(results.outline().dataLabel(data), rows));
                }
            }
            if (!groups.isEmpty()) {
                String source = results.outline()
                        .paper()
                        .map(paper -> "Published: " + paper.source() + ". ")
                        .orElse("");
                tables.add(new GroupedTable(
                        metric.label() + ", published and ours",
                        List.of("Backbone", "Framework", "Published", "Ours, mean ± sd", "Seeds", "Difference"),
                        2,
                        groups,
                        source + "Ours is the mean over seeds; a published number is taken as one run."));
            }
        }
        return tables;
    }

    private static Optional<List<String>> publishedRow(GridResults results, GridCell cell, MetricColumn metric) {
        OptionalDouble published = results.published(cell, metric);
        Optional<Summary> own = results.summary(cell, metric);
        if (published.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(List.of(
                results.outline().backboneLabel(cell.backbone()),
                results.outline().frameworkLabel(cell.framework()),
                TableCells.number(published.getAsDouble()),
                TableCells.summary(own.get()),
                Integer.toString(own.get().n()),
                TableCells.signed(own.get().mean() - published.getAsDouble())));
    }

    /** Mean and spread of every cell under every metric. */
    static GroupedTable means(GridResults results) {
        List<String> headings = new ArrayList<>(List.of("Backbone", "Framework"));
        MetricColumn.standard().forEach(metric -> headings.add(metric.label()));
        headings.add("Seeds");
        List<Group> groups = new ArrayList<>();
        for (String data : results.data()) {
            List<List<String>> rows = new ArrayList<>();
            for (String backbone : results.backbones()) {
                for (String framework : results.frameworks()) {
                    GridCell cell = new GridCell(data, backbone, framework);
                    int seeds = results.of(cell).size();
                    if (seeds > 0) {
                        List<String> row = new ArrayList<>(List.of(
                                results.outline().backboneLabel(backbone),
                                results.outline().frameworkLabel(framework)));
                        for (MetricColumn metric : MetricColumn.standard()) {
                            row.add(results.summary(cell, metric)
                                    .map(TableCells::summary)
                                    .orElse("-"));
                        }
                        row.add(Integer.toString(seeds));
                        rows.add(row);
                    }
                }
            }
            groups.add(new Group(results.outline().dataLabel(data), rows));
        }
        return new GroupedTable(
                "Test metrics, mean ± standard deviation over seeds",
                headings,
                2,
                groups,
                "Test samples are scored once, with the weights of the best validation epoch.");
    }

    /** Every framework's difference to the baseline; empty if there is nothing to compare. */
    static Optional<GroupedTable> differences(GridResults results) {
        ResultTable table = results.comparison();
        List<Group> groups = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        String heading = "";
        for (ResultTable.Row row : table.rows()) {
            String own = row.backbone() + " on " + row.dataset();
            if (!own.equals(heading) && !rows.isEmpty()) {
                groups.add(new Group(heading, rows));
                rows = new ArrayList<>();
            }
            heading = own;
            if (row.difference().isPresent()) {
                PairedDifference difference = row.difference().get();
                List<String> cells =
                        new ArrayList<>(List.of(row.metric().label(), row.method(), TableCells.difference(difference)));
                cells.addAll(TableCells.significance(table, difference));
                cells.add(Integer.toString(difference.n()));
                cells.add(row.verdict().words());
                rows.add(cells);
            }
        }
        if (!rows.isEmpty()) {
            groups.add(new Group(heading, rows));
        }
        List<String> headings = new ArrayList<>(List.of("Metric", "Framework", "Difference, 95 % interval"));
        headings.addAll(TableCells.significanceHeadings(table));
        headings.addAll(List.of("Seeds", "Verdict"));
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupedTable(
                        "Differences to " + table.baseline(), headings, 2, groups, TableCells.note(table)));
    }
}

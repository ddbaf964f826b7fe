// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.result.DifferenceTables;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.Summary;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Table.Group;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.execution.RunOutcome.Finished;
import org.sllmr.runs.grid.GridCell;

/** The tables of an experiment. */
final class GridTables {
    private GridTables() {}

    /** All tables: published numbers, results, differences. */
    public static List<Table> all(GridResults results, ResultTable comparison) {
        List<Table> tables = new ArrayList<>(published(results));
        tables.add(means(results));
        differences(comparison).ifPresent(tables::add);
        return tables;
    }

    /** Published numbers beside ours, a table for each metric with published numbers. */
    static List<Table> published(GridResults results) {
        List<Table> tables = new ArrayList<>();
        for (SampleMetric metric : results.publishedMetrics()) {
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
                    groups.add(Group.of(results.outline().dataLabel(data), rows));
                }
            }
            if (!groups.isEmpty()) {
                String source = results.outline()
                        .paper()
                        .map(paper -> "Published: " + paper.source() + ". ")
                        .orElse("");
                tables.add(Table.of(
                        metric.label() + ", published and ours",
                        List.of("Backbone", "Framework", "Published", "Ours, mean ± sd", "Seeds", "Difference"),
                        2,
                        groups,
                        source + "Ours is the mean over seeds; a published number counts as one run."));
            }
        }
        return tables;
    }

    private static Optional<List<String>> publishedRow(GridResults results, GridCell cell, SampleMetric metric) {
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

    /** Mean and spread of every cell and metric. */
    static Table means(GridResults results) {
        List<String> headings = new ArrayList<>(List.of("Backbone", "Framework"));
        SampleMetric.reported().forEach(metric -> headings.add(metric.label()));
        headings.add("Epochs");
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
                        for (SampleMetric metric : SampleMetric.reported()) {
                            row.add(results.summary(cell, metric)
                                    .map(TableCells::summary)
                                    .orElse("-"));
                        }
                        row.add(epochs(results.of(cell)));
                        row.add(Integer.toString(seeds));
                        rows.add(row);
                    }
                }
            }
            groups.add(Group.of(results.outline().dataLabel(data), rows));
        }
        return Table.of(
                "Test metrics, mean ± standard deviation over seeds",
                headings,
                2,
                groups,
                "Test samples are scored once, with the weights of the best validation epoch. Epochs: mean number"
                        + " trained; if guidance continues from the backbone alone, its epochs plus the guided ones.");
    }

    private static String epochs(List<Finished> runs) {
        double guided = mean(runs, contents -> contents.epochs().size());
        double alone = mean(runs, contents -> contents.reference().size());
        return alone > 0
                ? String.format(Locale.ROOT, "%.1f + %.1f", alone, guided)
                : String.format(Locale.ROOT, "%.1f", guided);
    }

    private static double mean(List<Finished> runs, ToDoubleFunction<RunContents> number) {
        return runs.stream()
                .mapToDouble(run -> number.applyAsDouble(run.contents()))
                .average()
                .orElse(0);
    }

    /** Every framework's difference to the baseline; empty if there is nothing to compare. */
    static Optional<Table> differences(ResultTable comparison) {
        Table table = DifferenceTables.of(comparison, true);
        return table.groups().isEmpty() ? Optional.empty() : Optional.of(table);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.DistributionChart;
import org.sllmr.report.chart.DotChart;
import org.sllmr.report.chart.ForestChart;
import org.sllmr.report.chart.IntervalChart;
import org.sllmr.report.chart.LineChart;
import org.sllmr.report.result.ResultTable;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.ScoreHistogram;
import org.sllmr.runs.execution.RunOutcome.Finished;
import org.sllmr.runs.grid.GridCell;

/** The charts of an experiment. */
final class GridCharts {
    private final GridResults results;

    GridCharts(GridResults results) {
        this.results = results;
    }

    /** The paper's Figure 2: the difference of each framework in each slice, a chart for each dataset and framework. */
    List<Chart> differences(ResultTable table) {
        List<Chart> charts = new ArrayList<>();
        for (String data : results.data()) {
            for (String framework : results.frameworks()) {
                if (!framework.equals(results.outline().baseline())) {
                    differences(table, data, framework).ifPresent(charts::add);
                }
            }
        }
        return charts;
    }

    private Optional<Chart> differences(ResultTable table, String data, String framework) {
        String dataLabel = results.outline().dataLabel(data);
        String label = results.outline().frameworkLabel(framework);
        List<ForestChart.Group> groups = new ArrayList<>();
        for (SampleMetric metric : SampleMetric.slices()) {
            List<IntervalChart.Entry> entries = new ArrayList<>();
            for (ResultTable.Row row : table.rows()) {
                if (row.dataset().equals(dataLabel)
                        && row.method().equals(label)
                        && row.metric().equals(metric)) {
                    row.shown()
                            .ifPresent(difference -> entries.add(new IntervalChart.Entry(row.backbone(), difference)));
                }
            }
            if (!entries.isEmpty()) {
                groups.add(new ForestChart.Group(metric.slice().title(), entries));
            }
        }
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new ForestChart(
                        dataLabel + ": " + label + " minus " + table.baseline(),
                        "Difference in test AUC with its 95 % interval, over seeds, or over users if there is only"
                                + " one seed. A diamond is better, a square worse, a hollow circle not significant.",
                        groups));
    }

    /** Every seed of every cell by slice, with published numbers, a chart for each dataset and slice. */
    List<Chart> slices() {
        List<Chart> charts = new ArrayList<>();
        for (String data : results.data()) {
            for (SampleMetric metric : SampleMetric.slices()) {
                List<DotChart.Group> groups = new ArrayList<>();
                for (String backbone : results.backbones()) {
                    List<DotChart.Lane> lanes = new ArrayList<>();
                    for (String framework : results.frameworks()) {
                        lane(new GridCell(data, backbone, framework), metric).ifPresent(lanes::add);
                    }
                    if (!lanes.isEmpty()) {
                        groups.add(new DotChart.Group(results.outline().backboneLabel(backbone), lanes));
                    }
                }
                if (!groups.isEmpty()) {
                    charts.add(new DotChart(
                            results.outline().dataLabel(data) + ": "
                                    + metric.slice().title(),
                            "Test AUC: each mark is one seed; the vertical line is their mean, the bar one standard"
                                    + " deviation to each side.",
                            "Backbone",
                            groups));
                }
            }
        }
        return charts;
    }

    private Optional<DotChart.Lane> lane(GridCell cell, SampleMetric metric) {
        List<Long> seeds = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Finished run : results.of(cell)) {
            GridResults.value(run, metric).ifPresent(value -> {
                seeds.add(run.seed());
                values.add(value);
            });
        }
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(new DotChart.Lane(
                        results.outline().frameworkLabel(cell.framework()),
                        seeds,
                        values,
                        results.published(cell, metric)));
    }

    /** Validation AUC by epoch, a chart for each dataset and backbone. */
    List<Chart> training() {
        List<Chart> charts = new ArrayList<>();
        for (String data : results.data()) {
            for (String backbone : results.backbones()) {
                List<LineChart.Series> series = new ArrayList<>();
                for (String framework : results.frameworks()) {
                    List<LineChart.Run> lines = new ArrayList<>();
                    for (Finished run : results.of(new GridCell(data, backbone, framework))) {
                        lines.add(new LineChart.Run(
                                "seed " + run.seed(),
                                run.contents().epochs().stream()
                                        .map(epoch -> epoch.validation()
                                                .value(SampleMetric.AUC)
                                                .orElse(Double.NaN))
                                        .toList(),
                                run.contents().metrics().keptEpoch()));
                    }
                    if (!lines.isEmpty()) {
                        series.add(new LineChart.Series(
                                results.outline().frameworkLabel(framework),
                                framework.equals(results.outline().baseline()),
                                lines));
                    }
                }
                if (!series.isEmpty()) {
                    charts.add(new LineChart(
                            title(data, backbone),
                            "One line for each seed; the large dot is the epoch whose weights were kept. Where there is none,"
                                    + " the backbone alone was kept.",
                            "validation AUC",
                            LineChart.Range.OF_DATA,
                            series));
                }
            }
        }
        return charts;
    }

    /** Mean gate by region, a chart for each cell that had a gate. */
    List<Chart> gates() {
        List<Chart> charts = new ArrayList<>();
        for (GridCell cell : results.outline().cells()) {
            List<Finished> runs = results.of(cell);
            Set<String> regions = new LinkedHashSet<>();
            for (Finished run : runs) {
                for (GuidanceEpoch epoch : run.contents().guidance()) {
                    regions.addAll(epoch.meanByRegion().keySet());
                }
            }
            List<LineChart.Series> series = new ArrayList<>();
            for (String region : regions) {
                series.add(new LineChart.Series(
                        region, false, lines(runs, epoch -> epoch.meanByRegion().getOrDefault(region, Double.NaN))));
            }
            if (!series.isEmpty()) {
                charts.add(new LineChart(
                        title(cell.data(), cell.backbone()) + ", "
                                + results.outline().frameworkLabel(cell.framework()),
                        "Mean gate by region: at 0 the teacher is ignored, at 1 its loss counts fully. One line for"
                                + " each seed.",
                        "gate",
                        LineChart.Range.UNIT,
                        series));
            }
        }
        return charts;
    }

    private static List<LineChart.Run> lines(List<Finished> runs, Function<GuidanceEpoch, Double> value) {
        List<LineChart.Run> lines = new ArrayList<>();
        for (Finished run : runs) {
            lines.add(new LineChart.Run(
                    "seed " + run.seed(),
                    run.contents().guidance().stream().map(value).toList(),
                    OptionalInt.empty()));
        }
        return lines;
    }

    /** Predicted probabilities of the test samples, all seeds together, a chart for each cell. */
    List<Chart> scores() {
        List<Chart> charts = new ArrayList<>();
        for (GridCell cell : results.outline().cells()) {
            results.of(cell).stream()
                    .flatMap(run -> run.contents().scores().stream())
                    .reduce(ScoreHistogram::plus)
                    .ifPresent(scores -> charts.add(new DistributionChart(
                            title(cell.data(), cell.backbone()) + ", "
                                    + results.outline().frameworkLabel(cell.framework()),
                            "Test samples by predicted probability, all seeds together.",
                            "predicted probability",
                            List.of(
                                    new DistributionChart.Series("negatives", scores.negatives()),
                                    new DistributionChart.Series("positives", scores.positives())))));
        }
        return charts;
    }

    private String title(String data, String backbone) {
        return results.outline().dataLabel(data) + ", " + results.outline().backboneLabel(backbone);
    }
}

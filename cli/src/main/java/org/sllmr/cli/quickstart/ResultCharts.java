// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.DotChart;
import org.sllmr.report.chart.IntervalChart;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.ResultTable.Row;

/** Charts of a result table by slice: every seed, and the differences with their intervals. */
final class ResultCharts {
    private ResultCharts() {}

    /** The slices of a method beside its baseline; without a chart of differences if nothing was tested. */
    public static List<Chart> of(ResultTable table, String baseline, String method) {
        List<DotChart.Group> groups = new ArrayList<>();
        List<IntervalChart.Entry> entries = new ArrayList<>();
        for (SampleMetric metric : SampleMetric.slices()) {
            Optional<Row> base = table.row(metric, baseline);
            Optional<Row> own = table.row(metric, method);
            if (base.isPresent() && own.isPresent()) {
                groups.add(new DotChart.Group(metric.slice().title(), List.of(lane(base.get()), lane(own.get()))));
                own.get()
                        .overSeeds()
                        .ifPresent(difference -> entries.add(
                                new IntervalChart.Entry(metric.slice().title(), difference)));
            }
        }
        List<Chart> charts = new ArrayList<>();
        charts.add(new DotChart(
                "Test AUC by slice",
                "Each mark is one seed; the vertical line is their mean, the bar one standard deviation to each side.",
                groups));
        if (!entries.isEmpty()) {
            charts.add(new IntervalChart(
                    "Difference in AUC: " + method + " minus " + baseline,
                    String.format(
                            Locale.ROOT,
                            "Mean over seeds with its %.0f %% interval. A diamond is better, a square worse,"
                                    + " a hollow circle not significant.",
                            100 * entries.get(0).difference().confidence()),
                    entries));
        }
        return charts;
    }

    private static DotChart.Lane lane(Row row) {
        return new DotChart.Lane(row.method(), row.seeds(), row.values());
    }
}

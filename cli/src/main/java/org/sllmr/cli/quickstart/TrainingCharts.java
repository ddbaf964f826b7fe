// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sllmr.cli.quickstart.QuickstartReport.MethodRun;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.LineChart;
import org.sllmr.report.chart.LineChart.Range;
import org.sllmr.report.chart.LineChart.Run;
import org.sllmr.report.chart.LineChart.Series;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.GuidanceEpoch;

/** Charts of runs by epoch: losses, validation AUC, and the gate. */
final class TrainingCharts {
    private TrainingCharts() {}

    /** Validation AUC and losses of a method and its baseline. */
    public static List<Chart> training(List<MethodRun> runs, String baseline, String method) {
        List<Chart> charts = new ArrayList<>();
        charts.add(new LineChart(
                "Validation AUC",
                "It decides when training stops and which epoch is kept.",
                "AUC",
                Range.OF_DATA,
                series(
                        runs,
                        baseline,
                        method,
                        epoch -> epoch.validation().value(SampleMetric.AUC).orElse(Double.NaN))));
        charts.add(new LineChart(
                "Training loss",
                "Mean recommendation loss per sample, without the guidance loss.",
                "L_rec",
                Range.OF_DATA,
                series(runs, baseline, method, EpochResult::objectiveLoss)));
        return charts;
    }

    /** Mean gate by region, and weights; empty if no run had a gate. */
    public static List<Chart> gate(List<MethodRun> runs) {
        List<Chart> charts = new ArrayList<>();
        List<Series> regions = gateSeries(runs, GuidanceEpoch::meanByRegion);
        if (regions.isEmpty()) {
            return charts;
        }
        charts.add(new LineChart(
                "Mean gate by region",
                "At 0 the teacher is ignored, at 1 its loss counts fully. One line for each seed.",
                "gate",
                Range.UNIT,
                regions));
        List<Series> weights = gateSeries(runs, GuidanceEpoch::weights);
        if (!weights.isEmpty()) {
            charts.add(new LineChart(
                    "Gate weights",
                    "The weight of each feature in the gate. One line for each seed.",
                    "weight",
                    Range.FROM_ZERO,
                    weights));
        }
        return charts;
    }

    private static List<Series> series(
            List<MethodRun> runs, String baseline, String method, ToDoubleFunction<EpochResult> value) {
        List<Series> series = new ArrayList<>();
        for (String name : List.of(baseline, method)) {
            List<Run> lines = new ArrayList<>();
            for (MethodRun run : runs) {
                if (run.method().equals(name)) {
                    lines.add(new Run(
                            "seed " + run.seed(),
                            run.folder().contents().epochs().stream()
                                    .map(value::applyAsDouble)
                                    .toList(),
                            run.folder().contents().metrics().keptEpoch()));
                }
            }
            series.add(new Series(name, name.equals(baseline), lines));
        }
        return series;
    }

    private static List<Series> gateSeries(List<MethodRun> runs, Function<GuidanceEpoch, Map<String, Double>> numbers) {
        Set<String> names = new LinkedHashSet<>();
        for (MethodRun run : runs) {
            for (GuidanceEpoch epoch : run.folder().contents().guidance()) {
                names.addAll(numbers.apply(epoch).keySet());
            }
        }
        List<Series> series = new ArrayList<>();
        for (String name : names) {
            List<Run> lines = new ArrayList<>();
            for (MethodRun run : runs) {
                List<Double> values = run.folder().contents().guidance().stream()
                        .map(epoch -> numbers.apply(epoch).getOrDefault(name, Double.NaN))
                        .toList();
                lines.add(new Run("seed " + run.seed(), values, OptionalInt.empty()));
            }
            series.add(new Series(name, false, lines));
        }
        return series;
    }
}

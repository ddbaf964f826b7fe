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
import org.sllmr.runs.GuidanceState;

/** The epochs of runs as charts: losses, validation, and the gate's course. */
final class TrainingCharts {
    private TrainingCharts() {}

    /** Validation AUC and losses of a method and its baseline. */
    public static List<Chart> training(List<MethodRun> runs, String baseline, String method) {
        List<Chart> charts = new ArrayList<>();
        charts.add(new LineChart(
                "Validation AUC",
                "Decides when training stops and which epoch is kept.",
                "AUC",
                Range.OF_DATA,
                series(
                        runs,
                        baseline,
                        method,
                        epoch -> epoch.validation().value(SampleMetric.AUC).orElse(Double.NaN))));
        charts.add(new LineChart(
                "Training loss",
                "Mean recommendation loss a sample, without the guidance loss.",
                "L_rec",
                Range.OF_DATA,
                series(runs, baseline, method, EpochResult::objectiveLoss)));
        return charts;
    }

    /** Mean gate by region, and weights; empty if no run had a gate. */
    public static List<Chart> gate(List<MethodRun> runs) {
        List<Chart> charts = new ArrayList<>();
        List<Series> regions = gateSeries(runs, GuidanceState::meanGateByRegion);
        if (regions.isEmpty()) {
            return charts;
        }
        charts.add(new LineChart(
                "Mean gate by region",
                "0 ignores the teacher, 1 takes all of its loss. One line a seed.",
                "gate",
                Range.UNIT,
                regions));
        List<Series> weights = gateSeries(runs, GuidanceState::gateWeights);
        if (!weights.isEmpty()) {
            charts.add(new LineChart(
                    "Gate weights",
                    "What each signal adds to the gate's logit. One line a seed.",
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
                            OptionalInt.of(run.folder().contents().metrics().bestEpoch())));
                }
            }
            series.add(new Series(name, name.equals(baseline), lines));
        }
        return series;
    }

    private static List<Series> gateSeries(List<MethodRun> runs, Function<GuidanceState, Map<String, Double>> numbers) {
        Set<String> names = new LinkedHashSet<>();
        for (MethodRun run : runs) {
            for (EpochResult epoch : run.folder().contents().epochs()) {
                epoch.guidance()
                        .ifPresent(state -> names.addAll(numbers.apply(state).keySet()));
            }
        }
        List<Series> series = new ArrayList<>();
        for (String name : names) {
            List<Run> lines = new ArrayList<>();
            for (MethodRun run : runs) {
                List<Double> values = run.folder().contents().epochs().stream()
                        .flatMap(epoch -> epoch.guidance().stream())
                        .map(numbers)
                        .map(state -> state.getOrDefault(name, Double.NaN))
                        .toList();
                lines.add(new Run("seed " + run.seed(), values, OptionalInt.empty()));
            }
            series.add(new Series(name, false, lines));
        }
        return series;
    }
}

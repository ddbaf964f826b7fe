// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.evaluation.significance.Holm;

/**
 * Results of methods over seeds, and how each method differs from the baseline on the same dataset, backbone and seeds.
 *
 * <p>Each difference has its own p value and that of Holm's correction over all differences of the same metric in the table,
 * by which verdicts go: those of one metric ask one question of many datasets, backbones and methods, and five in a hundred
 * would be significant by chance. Metrics are questions of their own. Intervals are each for one row.
 *
 * @param baseline name of the method that the others are compared with
 * @param rows the rows by dataset, backbone, metric and method, each in the order in which the results name it
 */
public record ResultTable(String baseline, List<Row> rows) {
    /** Copies the rows. */
    public ResultTable {
        rows = List.copyOf(rows);
    }

    /**
     * One method under one metric.
     *
     * @param dataset name of the dataset
     * @param backbone name of the backbone
     * @param metric the metric
     * @param method name of the method
     * @param seeds the seeds with a value, rising
     * @param values the metric under each of these seeds
     * @param summary mean and spread of the values
     * @param difference the difference to the baseline over the seeds of both; empty for the baseline itself and where
     *     fewer than two seeds are shared
     */
    public record Row(
            String dataset,
            String backbone,
            MetricColumn metric,
            String method,
            List<Long> seeds,
            List<Double> values,
            Summary summary,
            Optional<PairedDifference> difference) {
        /** Copies the lists. */
        public Row {
            seeds = List.copyOf(seeds);
            values = List.copyOf(values);
        }

        Row withCorrected(double pValue) {
            return new Row(
                    dataset,
                    backbone,
                    metric,
                    method,
                    seeds,
                    values,
                    summary,
                    difference.map(one -> one.withCorrected(pValue)));
        }

        /** What the difference allows one to say. */
        public Verdict verdict() {
            return Verdict.of(metric, difference);
        }
    }

    /**
     * Puts results together.
     *
     * @throws InvalidInputException if a method has two results under one seed, or a dataset and backbone have no
     *     baseline
     */
    public static ResultTable of(
            List<Result> results, String baseline, List<MetricColumn> metrics, PairedTest pairedTest) {
        Set<Group> groups = new LinkedHashSet<>();
        Set<String> methods = new LinkedHashSet<>();
        methods.add(baseline);
        for (Result result : results) {
            groups.add(new Group(result.dataset(), result.backbone()));
            methods.add(result.method());
        }
        check(results, groups, baseline);
        List<Row> rows = new ArrayList<>();
        for (Group group : groups) {
            for (MetricColumn metric : metrics) {
                TreeMap<Long, Double> base = values(results, group, baseline, metric);
                for (String method : methods) {
                    TreeMap<Long, Double> own = values(results, group, method, metric);
                    if (!own.isEmpty()) {
                        Optional<PairedDifference> difference =
                                method.equals(baseline) ? Optional.empty() : difference(base, own, pairedTest);
                        rows.add(row(group, metric, method, own, difference));
                    }
                }
            }
        }
        return new ResultTable(baseline, corrected(rows, metrics));
    }

    /** Whether some metric has more than one difference, so that its p values are corrected. */
    public boolean corrected() {
        Set<MetricColumn> seen = new LinkedHashSet<>();
        return rows.stream().filter(row -> row.difference().isPresent()).anyMatch(row -> !seen.add(row.metric()));
    }

    /** The row of a method under a metric on the first dataset and backbone that has it. */
    public Optional<Row> row(MetricColumn metric, String method) {
        return rows.stream()
                .filter(row -> row.metric().equals(metric) && row.method().equals(method))
                .findFirst();
    }

    /** Corrects the p values of each metric's differences together. */
    private static List<Row> corrected(List<Row> rows, List<MetricColumn> metrics) {
        List<Row> all = new ArrayList<>(rows);
        for (MetricColumn metric : metrics) {
            int[] family = IntStream.range(0, rows.size())
                    .filter(index -> rows.get(index).metric().equals(metric)
                            && rows.get(index).difference().isPresent())
                    .toArray();
            double[] corrected = Holm.correct(IntStream.of(family)
                    .mapToDouble(
                            index -> rows.get(index).difference().orElseThrow().pValue())
                    .toArray());
            for (int member = 0; member < family.length; member++) {
                all.set(family[member], rows.get(family[member]).withCorrected(corrected[member]));
            }
        }
        return all;
    }

    private static Row row(
            Group group,
            MetricColumn metric,
            String method,
            TreeMap<Long, Double> values,
            Optional<PairedDifference> difference) {
        return new Row(
                group.dataset(),
                group.backbone(),
                metric,
                method,
                List.copyOf(values.keySet()),
                List.copyOf(values.values()),
                Summary.of(values.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()),
                difference);
    }

    private static TreeMap<Long, Double> values(List<Result> results, Group group, String method, MetricColumn metric) {
        TreeMap<Long, Double> values = new TreeMap<>();
        for (Result result : results) {
            OptionalDouble value = result.test().value(metric.name());
            if (group.holds(result) && result.method().equals(method) && value.isPresent()) {
                values.put(result.seed(), value.getAsDouble());
            }
        }
        return values;
    }

    private static Optional<PairedDifference> difference(
            Map<Long, Double> baseline, Map<Long, Double> method, PairedTest pairedTest) {
        List<Long> shared =
                method.keySet().stream().filter(baseline::containsKey).toList();
        if (shared.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(pairedTest.compare(valuesOf(baseline, shared), valuesOf(method, shared)));
    }

    private static double[] valuesOf(Map<Long, Double> values, List<Long> seeds) {
        return seeds.stream()
                .mapToDouble(seed -> values.getOrDefault(seed, Double.NaN))
                .toArray();
    }

    private static void check(List<Result> results, Set<Group> groups, String baseline) {
        List<Problem> problems = new ArrayList<>();
        Set<Result> seen = new LinkedHashSet<>();
        for (Result result : results) {
            boolean again = seen.stream()
                    .anyMatch(other -> other.seed() == result.seed()
                            && other.method().equals(result.method())
                            && new Group(other.dataset(), other.backbone()).holds(result));
            if (again) {
                problems.add(new Problem(
                        result.method() + " with " + result.backbone() + " on " + result.dataset(),
                        "has two results under seed " + result.seed() + "; leave one out"));
            }
            seen.add(result);
        }
        for (Group group : groups) {
            if (results.stream()
                    .noneMatch(result -> group.holds(result) && result.method().equals(baseline))) {
                problems.add(new Problem(
                        group.backbone() + " on " + group.dataset(),
                        "has no result of the baseline '" + baseline + "' to compare with"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private record Group(String dataset, String backbone) {
        boolean holds(Result result) {
            return result.dataset().equals(dataset) && result.backbone().equals(backbone);
        }
    }
}

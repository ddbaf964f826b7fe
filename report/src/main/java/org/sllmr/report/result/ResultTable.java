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
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.Verdict;

/**
 * Results of methods over seeds, and the difference of each method to the baseline on the same dataset, backbone and
 * seeds.
 *
 * <p>p values are corrected over all differences of the table, of all metrics, datasets, backbones, methods and
 * pairings; uncorrected, five of a hundred would be significant by chance. Intervals are not corrected.
 *
 * @param baseline name of the method that the others are compared with
 * @param rows the rows by dataset, backbone, metric and method, each in the order of the results
 */
public record ResultTable(String baseline, List<Row> rows) {
    /** Copies the rows. */
    public ResultTable {
        rows = List.copyOf(rows);
    }

    /**
     * A metric of a method.
     *
     * @param dataset name of the dataset
     * @param backbone name of the backbone
     * @param metric the metric
     * @param method name of the method
     * @param seeds the seeds with a value, ascending
     * @param values the value for each of these seeds
     * @param summary mean and spread of the values
     * @param change mean of method minus baseline over the shared seeds; empty for the baseline itself and without
     *     shared seeds
     * @param overSeeds the difference to the baseline over the shared seeds; empty for the baseline itself and with
     *     fewer than two
     * @param overUsers the same over users; empty for the baseline itself and if the models are not available
     */
    public record Row(
            String dataset,
            String backbone,
            SampleMetric metric,
            String method,
            List<Long> seeds,
            List<Double> values,
            Summary summary,
            OptionalDouble change,
            Optional<Difference> overSeeds,
            Optional<Difference> overUsers) {
        /** Copies the lists. */
        public Row {
            seeds = List.copyOf(seeds);
            values = List.copyOf(values);
        }

        /** The verdict on the difference over seeds. */
        public Verdict verdict() {
            return overSeeds.map(Difference::verdict).orElse(Verdict.NOT_TESTED);
        }

        /** The difference to show if there is room for one only: over seeds, else over users. */
        public Optional<Difference> shown() {
            return overSeeds.or(() -> overUsers);
        }

        /** The differences, over seeds first. */
        public List<Difference> differences() {
            return Stream.concat(overSeeds.stream(), overUsers.stream()).toList();
        }

        private Row with(Optional<Difference> seedsCorrected, Optional<Difference> usersCorrected) {
            return new Row(
                    dataset, backbone, metric, method, seeds, values, summary, change, seedsCorrected, usersCorrected);
        }
    }

    /**
     * Makes the table of results.
     *
     * @param users source of tests over users
     * @throws InvalidInputException if a method has two results with the same seed, or a dataset and backbone have no
     *     baseline
     */
    public static ResultTable of(
            List<Result> results, String baseline, List<SampleMetric> metrics, UserTestSource users) {
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
            for (SampleMetric metric : metrics) {
                TreeMap<Long, Double> base = values(results, group, baseline, metric);
                for (String method : methods) {
                    TreeMap<Long, Double> own = values(results, group, method, metric);
                    if (!own.isEmpty()) {
                        rows.add(row(group, metric, method, own, base, method.equals(baseline), users));
                    }
                }
            }
        }
        return new ResultTable(baseline, corrected(rows));
    }

    /** All differences, row by row. */
    public List<Difference> differences() {
        return rows.stream().flatMap(row -> row.differences().stream()).toList();
    }

    /** The row of a method and metric on the first dataset and backbone that has it. */
    public Optional<Row> row(SampleMetric metric, String method) {
        return rows.stream()
                .filter(row -> row.metric().equals(metric) && row.method().equals(method))
                .findFirst();
    }

    private static List<Row> corrected(List<Row> rows) {
        List<Difference> corrected = PairedComparison.corrected(
                rows.stream().flatMap(row -> row.differences().stream()).toList());
        List<Row> all = new ArrayList<>();
        int next = 0;
        for (Row row : rows) {
            Optional<Difference> seeds =
                    row.overSeeds().isEmpty() ? Optional.empty() : Optional.of(corrected.get(next++));
            Optional<Difference> users =
                    row.overUsers().isEmpty() ? Optional.empty() : Optional.of(corrected.get(next++));
            all.add(row.with(seeds, users));
        }
        return all;
    }

    private static Row row(
            Group group,
            SampleMetric metric,
            String method,
            TreeMap<Long, Double> values,
            TreeMap<Long, Double> base,
            boolean isBaseline,
            UserTestSource users) {
        List<Long> shared = values.keySet().stream().filter(base::containsKey).toList();
        boolean compared = !isBaseline && !shared.isEmpty();
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
                compared
                        ? shared.stream()
                                .mapToDouble(
                                        seed -> valuesOf(values, List.of(seed))[0] - valuesOf(base, List.of(seed))[0])
                                .average()
                        : OptionalDouble.empty(),
                compared && shared.size() > 1
                        ? Optional.of(
                                PairedComparison.overSeeds(metric, valuesOf(base, shared), valuesOf(values, shared)))
                        : Optional.empty(),
                compared ? users.of(group.dataset(), group.backbone(), method, shared, metric) : Optional.empty());
    }

    private static TreeMap<Long, Double> values(List<Result> results, Group group, String method, SampleMetric metric) {
        TreeMap<Long, Double> values = new TreeMap<>();
        for (Result result : results) {
            OptionalDouble value = result.test().value(metric);
            if (group.holds(result) && result.method().equals(method) && value.isPresent()) {
                values.put(result.seed(), value.getAsDouble());
            }
        }
        return values;
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
                        "has two results with seed " + result.seed() + "; leave one out"));
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

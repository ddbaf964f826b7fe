// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Table.Column;
import org.sllmr.report.table.Table.Group;
import org.sllmr.report.table.Tone;
import org.sllmr.runs.compare.Comparison;

/** Tables of differences: of a comparison of runs, and of results over seeds. */
public final class DifferenceTables {
    private DifferenceTables() {}

    /** The table of a comparison, with a group for each method and pairing. */
    public static Table of(Comparison comparison) {
        List<Group> groups = new ArrayList<>();
        for (String method : comparison.methods()) {
            Map<String, List<Table.Row>> rows = new LinkedHashMap<>();
            for (Difference difference : comparison.of(method)) {
                rows.computeIfAbsent(
                                method + ", " + kind(difference) + TableCells.over(difference),
                                heading -> new ArrayList<>())
                        .add(row(
                                difference,
                                difference.metric().text(difference.baseline()),
                                difference.metric().text(difference.value())));
            }
            rows.forEach((heading, own) -> groups.add(new Group(heading, own)));
        }
        return new Table(
                "Differences to " + comparison.baseline() + ", dataset " + comparison.dataset() + ", "
                        + comparison.split(),
                columns("Baseline", Column.number("Value").ifThereIsRoom()),
                groups,
                TableCells.note(comparison.rows().stream()
                        .map(Comparison.Row::difference)
                        .toList()));
    }

    private static String kind(Difference difference) {
        return difference.metric() instanceof RankingMetric ? "ranking " : "";
    }

    /**
     * The table of results, with a group for each dataset, backbone, method and pairing.
     *
     * @param spread whether to show standard deviations over seeds beside the means
     */
    public static Table of(ResultTable results, boolean spread) {
        Function<Summary, String> mean =
                summary -> spread ? TableCells.summary(summary) : TableCells.number(summary.mean());
        List<Group> groups = new ArrayList<>();
        Map<String, List<ResultTable.Row>> methods = new LinkedHashMap<>();
        for (ResultTable.Row row : results.rows()) {
            if (!row.method().equals(results.baseline())) {
                methods.computeIfAbsent(
                                row.method() + ", " + row.backbone() + " on " + row.dataset(),
                                name -> new ArrayList<>())
                        .add(row);
            }
        }
        methods.forEach((name, rows) -> groups.addAll(groups(results, name, rows, mean)));
        return new Table(
                "Results by metric, " + (spread ? "mean ± standard deviation" : "mean") + " over seeds",
                columns(results.baseline(), Column.number(methodHeading(results))),
                groups,
                TableCells.note(results.differences()));
    }

    /** The rows of a method: over seeds, then over users; not tested if there is neither. */
    private static List<Group> groups(
            ResultTable results, String name, List<ResultTable.Row> rows, Function<Summary, String> mean) {
        Map<String, List<Table.Row>> groups = new LinkedHashMap<>();
        for (Pairing pairing : Pairing.values()) {
            for (ResultTable.Row row : rows) {
                Optional<Difference> difference = pairing == Pairing.SEEDS ? row.overSeeds() : row.overUsers();
                if (difference.isPresent()
                        || (pairing == Pairing.SEEDS && row.differences().isEmpty())) {
                    String base = baseline(results, row)
                            .map(one -> mean.apply(one.summary()))
                            .orElse("-");
                    String own = mean.apply(row.summary());
                    groups.computeIfAbsent(name + ", " + over(row, difference), heading -> new ArrayList<>())
                            .add(difference.map(one -> row(one, base, own)).orElseGet(() -> untested(row, base, own)));
                }
            }
        }
        return groups.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String methodHeading(ResultTable results) {
        List<String> methods = results.rows().stream()
                .map(ResultTable.Row::method)
                .filter(method -> !method.equals(results.baseline()))
                .distinct()
                .toList();
        return methods.size() == 1 ? methods.get(0) : "Method";
    }

    private static String over(ResultTable.Row row, Optional<Difference> difference) {
        int seeds = row.summary().n();
        return difference.map(TableCells::over).orElse(seeds == 1 ? "one seed" : seeds + " seeds");
    }

    private static Optional<ResultTable.Row> baseline(ResultTable results, ResultTable.Row row) {
        return results.rows().stream()
                .filter(other -> other.method().equals(results.baseline())
                        && other.dataset().equals(row.dataset())
                        && other.backbone().equals(row.backbone())
                        && other.metric() == row.metric())
                .findFirst();
    }

    private static List<Column> columns(String baseline, Column value) {
        List<Column> columns = new ArrayList<>(List.of(Column.name("Metric"), Column.number(baseline), value));
        columns.addAll(TableCells.columns());
        return columns;
    }

    private static Table.Row row(Difference difference, String baseline, String value) {
        List<String> cells = new ArrayList<>(List.of(TableCells.label(difference.metric()), baseline, value));
        cells.addAll(TableCells.of(difference));
        return new Table.Row(cells, Tone.of(difference.verdict()));
    }

    private static Table.Row untested(ResultTable.Row row, String baseline, String value) {
        List<String> cells = new ArrayList<>(List.of(TableCells.label(row.metric()), baseline, value));
        for (int column = 1; column < TableCells.columns().size(); column++) {
            cells.add("-");
        }
        cells.add(Verdict.NOT_TESTED.words());
        return Table.Row.of(cells);
    }
}

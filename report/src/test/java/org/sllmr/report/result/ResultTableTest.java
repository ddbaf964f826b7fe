// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.result.ResultTable.Row;
import org.sllmr.report.table.LatexFormat;
import org.sllmr.report.table.MarkdownFormat;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.TerminalFormat;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.SplitMetrics;

class ResultTableTest {
    private static final double[] BASE = {0.7850, 0.7861, 0.7842, 0.7870, 0.7855};
    private static final double[] GAIN = {0.0040, 0.0055, 0.0035, 0.0048, 0.0052};
    private static final double[] NOISE = {0.0040, -0.0055, 0.0035, -0.0048, 0.0052};

    private static Result result(String method, long seed, double auc, double cold, double tail) {
        return new Result(method, "demo", "DeepFM", seed, RunFixture.metrics(auc, cold, tail, Double.NaN, 0.55));
    }

    private static List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (int seed = BASE.length - 1; seed >= 0; seed--) {
            double base = BASE[seed];
            results.add(result("backbone", seed, base, base, base));
            results.add(result("S-LLMR", seed, base + GAIN[seed], base + NOISE[seed], base - GAIN[seed]));
        }
        return results;
    }

    private static ResultTable table(List<Result> results) {
        return ResultTable.of(results, "backbone", SampleMetric.reported(), UserTestSource.NONE);
    }

    @Test
    void computesMeansDeviationsAndPairedDifferences() {
        Row row = table(results()).row(SampleMetric.AUC, "S-LLMR").orElseThrow();
        assertThat(row.seeds()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(row.summary().mean()).isCloseTo(0.79016, within(1e-9));
        assertThat(row.summary().standardDeviation()).isCloseTo(0.00176437, within(1e-7));
        Difference difference = row.overSeeds().orElseThrow();
        assertThat(difference.pairs()).isEqualTo(5);
        assertThat(difference.difference()).isCloseTo(0.0046, within(1e-9));
        assertThat(difference.pValue().value()).isLessThan(0.001);
        assertThat(row.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void namesDifferencesThatAreNotSignificant() {
        ResultTable table = table(results());
        assertThat(table.row(SampleMetric.AUC_COLD, "S-LLMR").orElseThrow().verdict())
                .isEqualTo(Verdict.NOT_SIGNIFICANT);
        assertThat(table.row(SampleMetric.AUC_LONG_TAIL, "S-LLMR").orElseThrow().verdict())
                .isEqualTo(Verdict.WORSE);
        for (String text : List.of(
                terminal(table),
                new TerminalFormat(120, true).render(DifferenceTables.of(table, false)),
                new MarkdownFormat().render(DifferenceTables.of(table, true)),
                new LatexFormat().render(DifferenceTables.of(table, true)))) {
            assertThat(text).contains("not significant", "better", "worse", "Holm");
        }
    }

    private static String terminal(ResultTable table) {
        return new TerminalFormat(200, false).render(DifferenceTables.of(table, true));
    }

    /** Alone, AUC's p are .0002, .0393 and .8460 (recorded from scipy). */
    @Test
    void allDifferencesOfTheTableAreCorrectedTogether() {
        double[] smaller = {0.0010, 0.0055, 0.0005, 0.0048, 0.0032};
        List<Result> results = results();
        for (int seed = 0; seed < BASE.length; seed++) {
            double base = BASE[seed];
            results.add(result("distillation", seed, base + smaller[seed], base, base));
            results.add(new Result("backbone", "other", "DCNv2", seed, metrics(base)));
            results.add(new Result("S-LLMR", "other", "DCNv2", seed, metrics(base + NOISE[seed])));
        }
        ResultTable table = table(results);
        List<Difference> all = table.differences();
        assertThat(all.stream()
                        .filter(one -> one.metric() == SampleMetric.AUC)
                        .map(one -> one.pValue().value()))
                .usingElementComparator((one, other) -> Math.abs(one - other) < 1e-4 ? 0 : Double.compare(one, other))
                .containsExactly(0.000248, 0.039293, 0.846041);
        double smallest =
                all.stream().mapToDouble(one -> one.pValue().value()).min().orElseThrow();
        assertThat(all).hasSize(12);
        assertThat(all.stream().mapToDouble(one -> one.corrected().value()).min())
                .as("one family: %d rows of three methods, four metrics and two datasets", all.size())
                .hasValue(all.size() * smallest);
        assertThat(table.rows().stream()
                        .filter(row -> row.metric() == SampleMetric.AUC
                                && row.overSeeds().isPresent())
                        .map(Row::verdict))
                .containsExactly(Verdict.BETTER, Verdict.NOT_SIGNIFICANT, Verdict.NOT_SIGNIFICANT);
        assertThat(terminal(table))
                .contains("correction over all 12 differences", "S-LLMR, DCNv2 on other, over 5 seeds")
                .containsPattern("AUC +0\\.7856 ± 0\\.0011 .* 0\\.039 +\\S+ +\\+1\\.35  not significant");
        assertThat(new MarkdownFormat().render(DifferenceTables.of(table, true)))
                .contains("|---|--:|--:|--:|--:|--:|--:|---|", "| **better** |", "| not significant |");
        assertThat(new LatexFormat().render(DifferenceTables.of(table, true)))
                .contains("{lrrrrrrl}", "\\multicolumn{8}", " & better");
    }

    /** Tests over users are beside those over seeds and belong to the same family. */
    @Test
    void showsTestsOverUsersBesideThoseOverSeeds() {
        List<Result> results = results();
        UserTestSource users = (dataset, backbone, method, seeds, metric) -> metric == SampleMetric.AUC
                ? Optional.of(PairedComparison.overUsers(
                        metric, new double[] {0.5, 0.6, 0.7, 0.8}, new double[] {0.6, 0.7, 0.8, 0.91}))
                : Optional.empty();
        ResultTable table = ResultTable.of(results, "backbone", SampleMetric.reported(), users);
        Row row = table.row(SampleMetric.AUC, "S-LLMR").orElseThrow();
        assertThat(row.differences()).extracting(Difference::pairing).containsExactly(Pairing.SEEDS, Pairing.USERS);
        assertThat(table.differences()).hasSize(5);
        assertThat(DifferenceTables.of(table, true).groups())
                .extracting(Table.Group::heading)
                .containsExactly("S-LLMR, DeepFM on demo, over 5 seeds", "S-LLMR, DeepFM on demo, over 4 users");
        assertThat(terminal(table).replace('\n', ' '))
                .contains("Over seeds: would training again", "Over users: would other users");
    }

    private static SplitMetrics metrics(double auc) {
        return RunFixture.metrics(auc, auc, auc, Double.NaN, 0.55);
    }

    @Test
    void pairsOnlySeedsThatBothHave() {
        List<Result> results = results();
        results.add(result("backbone", 9, 0.1, 0.1, 0.1));
        results.add(result("S-LLMR", 11, 0.9, 0.9, 0.9));
        Row row = table(results).row(SampleMetric.AUC, "S-LLMR").orElseThrow();
        assertThat(row.summary().n()).isEqualTo(6);
        assertThat(row.overSeeds().orElseThrow().difference()).isCloseTo(0.0046, within(1e-9));
    }

    @Test
    void oneSeedGivesNoVerdict() {
        ResultTable table = table(results().subList(0, 2));
        Row row = table.row(SampleMetric.AUC, "S-LLMR").orElseThrow();
        assertThat(row.verdict()).isEqualTo(Verdict.NOT_TESTED);
        assertThat(terminal(table)).contains("not tested").doesNotContain("NaN");
    }

    @Test
    void leavesOutMetricsThatNoRunHas() {
        assertThat(table(results()).row(SampleMetric.AUC_LONG_TAIL_PAIRS, "S-LLMR"))
                .isEmpty();
    }

    @Test
    void aSeedGivenTwiceAndAMissingBaselineAreBothReported() {
        List<Result> results = results();
        results.add(results.get(0));
        results.add(new Result("S-LLMR", "other", "DCNv2", 1, results.get(0).test()));
        assertThatThrownBy(() -> table(results))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void fitsEightyColumnsWithoutCuttingAnything() {
        Table table = DifferenceTables.of(table(results()), false);
        String text = new TerminalFormat(80, false).render(table);
        assertThat(text).doesNotContain("\u001b");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        for (String cell : List.of("Long-tail", "samples", "0.7856", "[+0.0036, +0.0056]", "significant")) {
            assertThat(text).contains(cell);
        }
        assertThat(new TerminalFormat(80, true).render(table)).contains("\u001b[32mbetter\u001b[0m");
    }
}

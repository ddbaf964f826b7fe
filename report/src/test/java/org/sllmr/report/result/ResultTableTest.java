// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.report.result.ResultTable.Row;
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
        return ResultTable.of(results, "backbone", MetricColumn.standard(), new PairedTTest());
    }

    @Test
    void meansDeviationsAndPairedDifferences() {
        Row row = table(results()).row(MetricColumn.AUC, "S-LLMR").orElseThrow();
        assertThat(row.seeds()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(row.summary().mean()).isCloseTo(0.79016, within(1e-9));
        assertThat(row.summary().standardDeviation()).isCloseTo(0.00176437, within(1e-7));
        PairedDifference difference = row.difference().orElseThrow();
        assertThat(difference.n()).isEqualTo(5);
        assertThat(difference.mean()).isCloseTo(0.0046, within(1e-9));
        assertThat(difference.pValue()).isLessThan(0.001);
        assertThat(row.verdict()).isEqualTo(Verdict.BETTER);
    }

    @Test
    void saysSoWhereADifferenceIsNotSignificant() {
        ResultTable table = table(results());
        assertThat(table.row(MetricColumn.AUC_COLD, "S-LLMR").orElseThrow().verdict())
                .isEqualTo(Verdict.NOT_SIGNIFICANT);
        assertThat(table.row(MetricColumn.AUC_LONG_TAIL, "S-LLMR").orElseThrow().verdict())
                .isEqualTo(Verdict.WORSE);
        for (TableFormat format :
                List.of(new TerminalFormat(false), new TerminalFormat(true), new MarkdownFormat(), new LatexFormat())) {
            assertThat(format.render(table)).contains("not significant", "better", "worse", "without correction");
        }
    }

    /** Alone, p is .0002, .0393 and .8460 (recorded from scipy); the second does not stand among three. */
    @Test
    void differencesOfOneMetricAreCorrectedTogether() {
        double[] smaller = {0.0010, 0.0055, 0.0005, 0.0048, 0.0032};
        List<Result> results = results();
        for (int seed = 0; seed < BASE.length; seed++) {
            double base = BASE[seed];
            results.add(result("distillation", seed, base + smaller[seed], base, base));
            results.add(new Result("backbone", "other", "DCNv2", seed, metrics(base)));
            results.add(new Result("S-LLMR", "other", "DCNv2", seed, metrics(base + NOISE[seed])));
        }
        ResultTable table = table(results);
        double[] alone = pValues(table, PairedDifference::pValue);
        assertThat(alone).containsExactly(new double[] {0.000248, 0.039293, 0.846041}, within(1e-4));
        assertThat(pValues(table, PairedDifference::corrected))
                .containsExactly(new double[] {3 * alone[0], 2 * alone[1], alone[2]}, within(1e-12));
        assertThat(table.rows().stream()
                        .filter(row -> row.metric().equals(MetricColumn.AUC)
                                && row.difference().isPresent())
                        .map(Row::verdict))
                .containsExactly(Verdict.BETTER, Verdict.NOT_SIGNIFICANT, Verdict.NOT_SIGNIFICANT);
        String p = TableCells.pValue(alone[1]);
        String corrected = TableCells.pValue(2 * alone[1]);
        assertThat(new TerminalFormat(false).render(table))
                .contains("p (Holm)  d_z", "Holm's correction over all differences")
                .containsPattern(p + " +" + corrected + " +\\+1\\.35  not significant");
        assertThat(new MarkdownFormat().render(table))
                .contains("|---|---|--:|--:|--:|--:|--:|--:|---|", "| " + p + " | " + corrected + " | +1.35 |");
        assertThat(new LatexFormat().render(table))
                .contains("{llrrrrrrl}", "\\multicolumn{9}", p + " & " + corrected + " & +1.35 &");
    }

    private static double[] pValues(ResultTable table, java.util.function.ToDoubleFunction<PairedDifference> kind) {
        return table.rows().stream()
                .filter(row -> row.metric().equals(MetricColumn.AUC))
                .flatMap(row -> row.difference().stream())
                .mapToDouble(kind)
                .toArray();
    }

    private static SplitMetrics metrics(double auc) {
        return RunFixture.metrics(auc, auc, auc, Double.NaN, 0.55);
    }

    /** A metric with one difference is not corrected, and its table says no more than it needs to. */
    @Test
    void aSingleDifferenceIsJudgedByItself() {
        ResultTable table = table(results());
        PairedDifference difference =
                table.row(MetricColumn.AUC, "S-LLMR").orElseThrow().difference().orElseThrow();
        assertThat(table.corrected()).isFalse();
        assertThat(difference.corrected()).isEqualTo(difference.pValue());
        assertThat(TableCells.headings(table)).hasSize(7);
        assertThat(new TerminalFormat(false).render(table)).doesNotContain("Holm");
    }

    @Test
    void lowerLogLossIsBetter() {
        PairedDifference fall = new PairedDifference(-0.01, -0.02, -0.005, 0.95, 0.01, 0.01, -3, 5);
        assertThat(Verdict.of(MetricColumn.LOG_LOSS, java.util.Optional.of(fall)))
                .isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(MetricColumn.AUC, java.util.Optional.of(fall))).isEqualTo(Verdict.WORSE);
    }

    @Test
    void pairsOnlySeedsThatBothHave() {
        List<Result> results = results();
        results.add(result("backbone", 9, 0.1, 0.1, 0.1));
        results.add(result("S-LLMR", 11, 0.9, 0.9, 0.9));
        Row row = table(results).row(MetricColumn.AUC, "S-LLMR").orElseThrow();
        assertThat(row.summary().n()).isEqualTo(6);
        assertThat(row.difference().orElseThrow().mean()).isCloseTo(0.0046, within(1e-9));
    }

    @Test
    void oneSeedIsNeverAVerdict() {
        ResultTable table = table(results().subList(0, 2));
        Row row = table.row(MetricColumn.AUC, "S-LLMR").orElseThrow();
        assertThat(row.verdict()).isEqualTo(Verdict.UNTESTED);
        assertThat(new TerminalFormat(false).render(table))
                .contains("too few seeds to tell")
                .doesNotContain("NaN");
    }

    @Test
    void leavesOutMetricsThatNoRunHas() {
        assertThat(table(results()).row(MetricColumn.AUC_LONG_TAIL_PAIRS, "S-LLMR"))
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
    void terminalColumnsAreAlignedAndWithoutColourUnlessAsked() {
        String text = new TerminalFormat(false).render(table(results()));
        assertThat(text).doesNotContain("\u001b");
        List<String> lines = text.lines().toList();
        int column = lines.get(2).indexOf("Verdict");
        assertThat(lines.stream().filter(line -> line.contains("S-LLMR")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.charAt(column - 1)).isEqualTo(' '))
                .allSatisfy(line -> assertThat(line.charAt(column)).isNotEqualTo(' '));
        assertThat(new TerminalFormat(true).render(table(results()))).contains("\u001b[32mbetter\u001b[0m");
    }

    @Test
    void escapesWhatTheFormatsTakeForMarkup() {
        List<Result> results = List.of(
                new Result("a|b_c", "x & y", "Deep_FM", 1, results().get(0).test()));
        ResultTable table = ResultTable.of(results, "a|b_c", List.of(MetricColumn.AUC), new PairedTTest());
        assertThat(new MarkdownFormat().render(table)).contains("a\\|b\\_c", "Deep\\_FM on x & y");
        assertThat(new LatexFormat().render(table)).contains("b\\_c", "Deep\\_FM on x \\& y");
        assertThat(new LatexFormat().render(table(results()))).contains("S-LLMR", "$-$0.00", "$\\pm$");
    }
}

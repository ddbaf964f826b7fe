// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.PValue;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.runs.compare.Comparison;

class FirstResultTest {
    @ParameterizedTest
    @CsvSource({
        "0.01, 0.001, 0.002, BETTER",
        "-0.01, 0.001, 0.002, WORSE",
        "0.01, 0.001, 0.2, NOT_SIGNIFICANT",
        "0.01, 0.2, 0.002, NOT_SIGNIFICANT",
        // Significant by itself and by Holm's correction over the two, but not over all three of the comparison.
        "0.01, 0.02, 0.02, NOT_SIGNIFICANT",
        "0.01, 0.016, 0.016, BETTER",
        "0.01, , 0.002, NOT_TESTED",
    })
    void aDifferenceCountsIfBothTestsFindIt(
            double difference, @Nullable Double bySeeds, double byUsers, Verdict expected) {
        List<Comparison.Row> rows = new ArrayList<>();
        if (bySeeds != null) {
            rows.add(row(SampleMetric.AUC_COLD, Pairing.SEEDS, 5, difference, bySeeds));
        }
        rows.add(row(SampleMetric.AUC_COLD, Pairing.USERS, 1200, difference, byUsers));
        rows.add(row(SampleMetric.AUC_LONG_TAIL_PAIRS, Pairing.USERS, 1200, difference, 0.9));
        FirstResult result = FirstResult.of("DeepFM on demo shop", "S-LLMR", 5, corrected(rows));
        assertThat(result.users()).isEqualTo(1200);
        assertThat(result.rows())
                .containsExactly(new FirstResult.Row(
                        SampleMetric.AUC_COLD,
                        0.7,
                        0.7 + difference,
                        difference,
                        difference - 0.008,
                        difference + 0.008,
                        Optional.ofNullable(bySeeds).map(PValue::new),
                        new PValue(byUsers),
                        expected));
    }

    /** The comparison as {@code sllmr compare} makes it. */
    private static Comparison corrected(List<Comparison.Row> rows) {
        List<Difference> corrected = PairedComparison.corrected(
                rows.stream().map(Comparison.Row::difference).toList());
        return new Comparison(
                "demo shop",
                "test",
                "alone",
                corrected.stream()
                        .map(difference -> new Comparison.Row("S-LLMR", difference))
                        .toList(),
                List.of());
    }

    private static Comparison.Row row(
            SampleMetric metric, Pairing pairing, int pairs, double difference, double pValue) {
        return new Comparison.Row(
                "S-LLMR",
                new Difference(
                        metric,
                        pairing,
                        pairs,
                        0.7,
                        0.7 + difference,
                        difference,
                        new Interval(difference - 0.008, difference + 0.008),
                        0.95,
                        new PValue(pValue),
                        new PValue(pValue),
                        1));
    }

    @Test
    void fitsAHundredColumns() {
        for (int seeds : new int[] {1, 5}) {
            String text = FirstResultText.of(ReportFixture.result("demo shop", seeds));
            assertThat(text).contains("\n  long-tail samples", "[+0.0089, +0.0151]");
            assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    /** README shows the program's output: the same words with other numbers. */
    @Test
    void readmeShowsWhatIsPrinted() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.split("## A first result", -1)[1].split("!\\[", -1)[0];
        assertThat(words(section)).isEqualTo(words(FirstResultText.of(ReportFixture.result("demo shop", 5))));
    }

    /** The words of a text without numbers and verdicts. */
    private static List<String> words(String text) {
        String apart = text.replaceAll("not significant|better|worse", "").replaceAll("[<+\\-]?[0-9,.]*[0-9]", "");
        return Arrays.stream(apart.split("\\s+"))
                .filter(word -> !word.isBlank())
                .toList();
    }
}

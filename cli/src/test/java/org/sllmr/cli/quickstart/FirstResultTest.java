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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sllmr.cli.quickstart.FirstResult.Measured;
import org.sllmr.report.result.Verdict;
import org.sllmr.runs.compare.Comparison;
import org.sllmr.runs.compare.Comparison.Pairing;

class FirstResultTest {
    @ParameterizedTest
    @CsvSource({
        "BETTER, BETTER, BETTER",
        "WORSE, WORSE, WORSE",
        "BETTER, NOT_SIGNIFICANT, NOT_SIGNIFICANT",
        "NOT_SIGNIFICANT, BETTER, NOT_SIGNIFICANT",
        "BETTER, WORSE, NOT_SIGNIFICANT",
        ", BETTER, UNTESTED",
    })
    void aDifferenceCountsWhereBothTestsSeeIt(
            Comparison.Verdict bySeeds, Comparison.Verdict byUsers, Verdict expected) {
        List<Comparison.Row> rows = new ArrayList<>();
        if (bySeeds != null) {
            rows.add(row("aucCold", Pairing.SEEDS, 5, 0.03, bySeeds));
        }
        rows.add(row("aucCold", Pairing.USERS, 1200, 0.02, byUsers));
        rows.add(row("aucLongTailPairs", Pairing.USERS, 1200, 0.02, byUsers));
        FirstResult result = FirstResult.of(
                "DeepFM on demo shop",
                "S-LLMR",
                5,
                new Comparison("demo shop", "test", "alone", 0.95, rows, List.of()));
        assertThat(result.users()).isEqualTo(1200);
        assertThat(result.rows())
                .containsExactly(new FirstResult.Row(
                        Measured.COLD,
                        0.7,
                        0.71,
                        0.01,
                        0.002,
                        0.018,
                        bySeeds == null ? Optional.empty() : Optional.of(0.03),
                        0.02,
                        expected));
    }

    private static Comparison.Row row(
            String metric, Pairing pairing, int n, double pValue, Comparison.Verdict verdict) {
        return new Comparison.Row(
                "S-LLMR", metric, pairing, n, 0.7, 0.71, 0.01, 0.002, 0.018, pValue, pValue, 1, verdict);
    }

    @Test
    void fitsAHundredColumns() {
        for (int seeds : new int[] {1, 5}) {
            String text = FirstResultText.of(ReportFixture.result("demo shop", seeds));
            assertThat(text).contains("AUC, long-tail samples", "[+0.0089, +0.0151]");
            assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
    }

    /** README shows what the program prints: the same words, other numbers. */
    @Test
    void readmeShowsWhatIsPrinted() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.split("## A first result", -1)[1].split("!\\[", -1)[0];
        assertThat(words(section)).isEqualTo(words(FirstResultText.of(ReportFixture.result("demo shop", 5))));
    }

    /** What a text says apart from numbers and verdicts. */
    private static List<String> words(String text) {
        String apart = text.replaceAll("not significant|better|worse", "").replaceAll("[<+\\-]?[0-9,.]*[0-9]", "");
        return Arrays.stream(apart.split("\\s+"))
                .filter(word -> !word.isBlank())
                .toList();
    }
}

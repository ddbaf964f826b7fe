// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.report.chart.BarChart;
import org.sllmr.report.chart.Chart;

class QuickstartTest {
    @Test
    void settingsReportAllProblemsAtOnce() {
        assertThatThrownBy(() -> new QuickstartSettings(0, 1, 5, 5, 1, Path.of("out")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems()).hasSize(3));
        QuickstartSettings settings = QuickstartSettings.defaults(Path.of("out"));
        assertThat(settings.seedList()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(settings.report()).isEqualTo(Path.of("out/report.html"));
    }

    @Test
    void summaryCountsOnlyWhatTrainingMaySee() {
        InteractionLog log = InteractionLog.of(
                        new int[] {0, 4, 7, 12}, new int[] {0, 1, 2, 3, 0, 1, 2, 0, 2, 1, 3, 3}, new long[12])
                .withholdLast(2);
        Samples samples = new Samples(new Instances(new int[] {0, 0}, new int[] {1, 3}, new int[] {1, 1}), 1);
        TrainingData data = new TrainingData(
                "tiny",
                "hash",
                log,
                new Catalogue(new Vocabulary(List.of("a", "b", "c", "d")), List.of(), List.of()),
                new Vocabulary(List.of("x", "y", "z")),
                List.of(),
                List.of(),
                samples,
                samples);

        DataSummary summary = DataSummary.of(data, 1, new boolean[] {false, false, false, true});

        assertThat(summary.historyLengths()).containsExactly(0, 1, 1, 1);
        assertThat(summary.popularities()).containsExactly(3, 2, 1, 0);
        assertThat(summary.interactions()).isEqualTo(6);
        assertThat(summary.trainingSamples()).isEqualTo(2);
        List<Chart> charts = DataCharts.of(summary);
        assertThat(charts).hasSize(2);
        assertThat(((BarChart) charts.get(0)).bars())
                .containsExactly(new BarChart.Bar("1", 1, 1), new BarChart.Bar("2", 1, 0), new BarChart.Bar("3", 1, 0));
        assertThat(((BarChart) charts.get(1)).bars().get(0)).isEqualTo(new BarChart.Bar("0", 1, 1));
    }

    @Test
    void everyCountIsInABar() {
        DataSummary summary = ReportFixture.summary("Demo shop");
        List<Chart> charts = DataCharts.of(summary);
        assertThat(((BarChart) charts.get(0))
                        .bars().stream().mapToInt(BarChart.Bar::count).sum())
                .isEqualTo(summary.users());
        assertThat(((BarChart) charts.get(1))
                        .bars().stream().mapToInt(BarChart.Bar::count).sum())
                .isEqualTo(summary.items());
        assertThat(((BarChart) charts.get(1))
                        .bars().stream().mapToInt(BarChart.Bar::highlighted).sum())
                .isEqualTo(480);
    }
}

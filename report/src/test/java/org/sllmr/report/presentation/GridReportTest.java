// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Seed;
import org.sllmr.data.file.SealedText;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportModel.Section;
import org.sllmr.report.ReportPage;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.RunFixture;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ScoreHistogram;
import org.sllmr.runs.execution.GridFolder;
import org.sllmr.runs.execution.RunOutcome;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridOutline;
import org.sllmr.runs.grid.PaperNumbers;

class GridReportTest {
    private static final Path PAPER = Path.of("..", "configurations", "paper", "table2.yaml");

    @TempDir
    Path folder;

    /** Made-up results near the published numbers, as in the paper's Figure 2. */
    private static GridResults results(int seeds, boolean published, String... frameworks) {
        PaperNumbers paper = PaperNumbers.read(PAPER);
        Map<String, String> labels = new LinkedHashMap<>();
        for (String framework : frameworks) {
            labels.put(framework, framework.equals("none") ? "Backbone alone" : framework.toUpperCase(Locale.ROOT));
        }
        GridOutline outline = new GridOutline(
                "What guidance changes, & where <it> does",
                map("sports", "Sports", "beauty", "Beauty", "toys", "Toys"),
                map(
                        "deepfm", "DeepFM", "xdeepfm", "xDeepFM", "autoint", "AutoInt", "dcnv1", "DCNv1", "dcnv2",
                        "DCNv2", "din", "DIN"),
                labels,
                List.of(1L, 2L, 3L, 4L, 5L),
                "none",
                published ? Optional.of(paper) : Optional.empty());
        List<RunOutcome> outcomes = new ArrayList<>();
        RandomGenerator random = new Seed(11).generator();
        for (GridCell cell : outline.cells()) {
            for (long seed = 1; seed <= seeds; seed++) {
                if (cell.name().startsWith("toys/din/") && seed == 2) {
                    outcomes.add(new RunOutcome.Failed(cell, seed, "Training diverged in epoch 3"));
                } else {
                    outcomes.add(new RunOutcome.Finished(cell, seed, contents(cell, seed, paper, random)));
                }
            }
        }
        return new GridResults(outline, outcomes);
    }

    private static Map<String, String> map(String... entries) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int index = 0; index < entries.length; index += 2) {
            map.put(entries[index], entries[index + 1]);
        }
        return map;
    }

    private static RunContents contents(GridCell cell, long seed, PaperNumbers paper, RandomGenerator random) {
        boolean guided = !cell.framework().equals("none");
        double auc = paper.value(SampleMetric.AUC, new GridCell(cell.data(), cell.backbone(), "none"))
                        .orElseThrow()
                - 0.002
                + 0.002 * random.nextGaussian()
                + (guided ? 0.004 : 0);
        RunContents made = RunFixture.contents(
                "backbone: " + cell.backbone() + "\n",
                cell.data(),
                seed,
                RunFixture.metrics(auc, auc + 0.01, auc - 0.04 + (guided ? 0.01 : 0), auc - 0.13, 1.3 - auc),
                7,
                cell.framework().equals("s-llmr"));
        List<Integer> positives = new ArrayList<>();
        List<Integer> negatives = new ArrayList<>();
        for (int bin = 0; bin < ScoreHistogram.BINS; bin++) {
            positives.add((int) (4000 * Math.exp(-Math.pow(bin - 17, 2) / 30)));
            negatives.add((int) (4000 * Math.exp(-Math.pow(bin - 9, 2) / 40)));
        }
        return new RunContents(
                made.configuration(),
                made.metrics(),
                made.epochs(),
                made.reference(),
                made.provenance(),
                Optional.of(new ScoreHistogram(positives, negatives)));
    }

    @Test
    void showsAllRuns() throws IOException {
        ReportModel model = GridReport.of(results(5, true, "none", "distillation", "s-llmr"));
        assertThat(model.sections())
                .extracting(Section::id)
                .containsExactly(
                        "published",
                        "results",
                        "differences",
                        "slices",
                        "significance",
                        "gate",
                        "training",
                        "scores",
                        "failures",
                        "provenance");
        assertThat(model.headline()).matches("Of 144 comparisons with Backbone alone by AUC, \\d+ better, .*");
        String page = ReportPage.render(model);
        assertThat(page).contains("What guidance changes, &amp; where &lt;it&gt; does", "Training diverged in epoch 3");
        // To look at the page.
        Files.writeString(Path.of("target", "grid-report.html"), page);
        Files.writeString(
                Path.of("target", "grid-report-alone.html"),
                ReportPage.render(GridReport.of(results(5, true, "none"))));
    }

    @Test
    void withoutGuidanceItComparesWithThePublishedNumbersAlone() {
        ReportModel model = GridReport.of(results(3, true, "none"));
        assertThat(model.sections())
                .extracting(Section::id)
                .containsExactly("published", "results", "slices", "training", "scores", "failures", "provenance");
        assertThat(model.headline())
                .matches("AUC is 0\\.00\\d\\d from the published numbers on average, over 18 cells.");
    }

    @Test
    void aSingleRunIsEnough() {
        GridResults all = results(1, false, "none");
        GridResults one = new GridResults(all.outline(), all.outcomes().subList(0, 1));
        assertThat(GridReport.of(one).sections())
                .extracting(Section::id)
                .containsExactly("results", "slices", "training", "scores", "provenance");
    }

    @Test
    void aFrameworkWithoutItsBaselineIsShownButNotCompared() {
        GridResults all = results(3, true, "none", "s-llmr");
        List<RunOutcome> partial = all.outcomes().stream()
                .filter(outcome -> !outcome.cell().name().equals("beauty/din/none"))
                .toList();
        GridResults results = new GridResults(all.outline(), partial);
        assertThat(GridTables.means(results).groups().get(1).rows()).hasSize(11);
        assertThat(GridTables.differences(results.comparison()).orElseThrow().groups())
                .hasSize(17);
    }

    @Test
    void writesPageAndTablesIntoTheFolder() throws IOException {
        GridResults results = results(2, true, "none", "s-llmr");
        GridFolder grid = new GridFolder(folder);
        assertThatThrownBy(() -> GridReportFiles.write(folder, false, ProgressListener.NONE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds no experiment");
        SealedText.YAML.write(folder.resolve("grid.yaml"), results.outline().write());
        assertThatThrownBy(() -> GridReportFiles.write(folder, false, ProgressListener.NONE))
                .hasMessageContaining("no complete run");
        for (RunOutcome outcome : results.outcomes()) {
            if (outcome instanceof RunOutcome.Finished finished) {
                RunFolder.write(
                        grid.run(outcome.cell(), outcome.seed()),
                        finished.contents(),
                        file -> Files.writeString(file, "weights"));
            }
        }
        GridReportFiles files = GridReportFiles.write(folder, false, ProgressListener.NONE);
        assertThat(Files.readString(files.markdown()))
                .contains("| **Beauty** |", "| DCNv2 | Backbone alone | 0.8028 |")
                .contains("| Metric | Backbone alone | S-LLMR | Difference, 95 % interval | p | p (Holm) | d\\_z |"
                        + " Verdict |")
                .contains("Published: arXiv 2512.21526, Table 2.");
        assertThat(Files.readString(files.latex()))
                .contains("\\begin{tabular}{llrrrr}", "\\multicolumn{6}{l}{\\emph{Toys}}", "$\\pm$");
        assertThat(files.page()).isNotEmptyFile();
    }
}

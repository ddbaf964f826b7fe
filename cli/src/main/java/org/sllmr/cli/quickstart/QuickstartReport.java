// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.report.Block;
import org.sllmr.report.Block.Charts;
import org.sllmr.report.Block.Code;
import org.sllmr.report.Block.Fact;
import org.sllmr.report.Block.Facts;
import org.sllmr.report.Block.Paragraph;
import org.sllmr.report.Block.Rows;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportModel.Finding;
import org.sllmr.report.ReportModel.Section;
import org.sllmr.report.result.DifferenceTables;
import org.sllmr.report.result.Result;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.result.UserTestSource;
import org.sllmr.report.table.Tone;
import org.sllmr.runs.Provenance;
import org.sllmr.runs.RunFolder;

/**
 * The quickstart's report on its runs.
 *
 * @param data the dataset
 * @param baseline the backbone alone
 * @param method the backbone with guidance
 * @param runs the runs of both; at least one each
 * @param result the comparison of the two methods over seeds and over users
 * @param overUsers source of tests over users
 * @param nextSteps suggested steps with own data
 */
record QuickstartReport(
        DataSummary data,
        MethodSettings baseline,
        MethodSettings method,
        List<MethodRun> runs,
        FirstResult result,
        UserTestSource overUsers,
        List<NextStep> nextSteps) {
    /** Copies the lists and checks that both methods have run. */
    public QuickstartReport {
        runs = List.copyOf(runs);
        nextSteps = List.copyOf(nextSteps);
        for (MethodSettings settings : List.of(baseline, method)) {
            if (runs.stream().noneMatch(run -> run.method().equals(settings.name()))) {
                throw new IllegalArgumentException("no run of " + settings.name());
            }
        }
    }

    /**
     * A run and the method that made it.
     *
     * @param method name of the method
     * @param folder its run folder
     */
    public record MethodRun(String method, RunFolder folder) {
        /** Seed of the run. */
        public long seed() {
            return folder.contents().provenance().seed();
        }
    }

    /** All results, with differences of the method to the baseline. */
    public ResultTable table() {
        List<Result> results = new ArrayList<>();
        for (MethodRun run : runs) {
            results.add(new Result(
                    run.method(),
                    data.name(),
                    method.backbone(),
                    run.seed(),
                    run.folder().contents().metrics().test()));
        }
        return ResultTable.of(results, baseline.name(), SampleMetric.reported(), overUsers);
    }

    /** The contents of the page. */
    public ReportModel model() {
        ResultTable table = table();
        List<MethodRun> guided =
                runs.stream().filter(run -> run.method().equals(method.name())).toList();
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "results", "Results", List.of(new Paragraph(RESULTS), new Rows(DifferenceTables.of(table, true)))));
        sections.add(new Section(
                "slices",
                "Where guidance helps, and where not",
                List.of(new Paragraph(SLICES), new Charts(ResultCharts.of(table, baseline.name(), method.name())))));
        List<Fact> target = TargetFacts.of(guided);
        if (!target.isEmpty()) {
            sections.add(
                    new Section("target", "The target of guidance", List.of(new Paragraph(TARGET), new Facts(target))));
        }
        sections.add(new Section(
                "training",
                "Training",
                List.of(
                        new Paragraph(TRAINING),
                        new Charts(TrainingCharts.training(runs, baseline.name(), method.name())))));
        sections.add(new Section("data", "The data", List.of(new Facts(dataFacts()), new Charts(DataCharts.of(data)))));
        sections.add(new Section(
                "configuration",
                "Configuration",
                List.of(
                        new Code(
                                method.name() + ", all settings:",
                                method.configuration().strip()),
                        new Code(
                                baseline.name() + ", all settings:",
                                baseline.configuration().strip()))));
        sections.add(new Section("provenance", "Provenance", List.of(new Facts(provenanceFacts()))));
        if (!nextSteps.isEmpty()) {
            sections.add(new Section("next", "Next: your own data", nextStepBlocks()));
        }
        return new ReportModel(
                "S-LLMR quickstart: " + method.backbone() + " on " + data.name(),
                Headline.of(result),
                List.of(lead(table)),
                findings(),
                sections);
    }

    private String lead(ResultTable table) {
        int seeds = table.row(SampleMetric.AUC, method.name())
                .map(row -> row.summary().n())
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%s was trained alone and with guidance by an offline teacher on %,d users and %,d items, %s. The"
                        + " teacher is asked only before training, so serving costs the same with and without"
                        + " guidance.",
                method.backbone(),
                data.users(),
                data.items(),
                seeds == 1 ? "with one seed" : "with " + seeds + " seeds each");
    }

    private List<Finding> findings() {
        return result.rows().stream().map(QuickstartReport::finding).toList();
    }

    private static Finding finding(FirstResult.Row row) {
        Tone tone = Tone.of(row.verdict());
        return new Finding(
                row.metric().label(),
                TableCells.signed(row.difference()),
                TableCells.number(row.alone()) + " to " + TableCells.number(row.guided()) + "\n"
                        + row.verdict().words(),
                tone);
    }

    private List<Fact> dataFacts() {
        int cold = 0;
        for (int length = 0; length < data.historyLengths().size(); length++) {
            cold += length <= data.coldInteractions() ? data.historyLengths().get(length) : 0;
        }
        int tail = 0;
        for (boolean longTail : data.longTail()) {
            tail += longTail ? 1 : 0;
        }
        return List.of(
                new Fact("Users", count(data.users())),
                new Fact("Cold users", count(cold) + percent(cold, data.users())),
                new Fact("Items", count(data.items())),
                new Fact("Long-tail items", count(tail) + percent(tail, data.items())),
                new Fact("Training interactions", count(data.interactions())),
                new Fact("Training samples", count(data.trainingSamples())));
    }

    private List<Fact> provenanceFacts() {
        Provenance first = runs.get(0).folder().contents().provenance();
        double seconds = runs.stream()
                .mapToDouble(
                        run -> run.folder().contents().provenance().duration().toMillis() / 1000.0)
                .sum();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Dataset", first.dataName() + ", " + first.dataHash()));
        runs.stream()
                .flatMap(run -> run.folder().contents().provenance().teacher().stream())
                .findFirst()
                .ifPresent(teacher -> facts.add(new Fact("Teacher", teacher.described())));
        facts.add(new Fact(
                "Seeds",
                String.join(
                        ", ",
                        runs.stream()
                                .map(MethodRun::seed)
                                .distinct()
                                .sorted()
                                .map(String::valueOf)
                                .toList())));
        facts.add(new Fact("Runs", runs.size() + ", " + String.format(Locale.ROOT, "%,.0f seconds together", seconds)));
        facts.add(new Fact("Started", first.started().toString()));
        first.commit().ifPresent(commit -> facts.add(new Fact("Commit", commit)));
        facts.add(new Fact("Java", first.machine().java()));
        facts.add(new Fact("Operating system", first.machine().operatingSystem()));
        facts.add(new Fact(
                "Processor",
                first.machine().processor() + ", " + first.machine().processors() + " threads"));
        facts.add(new Fact("Kernels", first.machine().kernels()));
        for (Map.Entry<String, String> version : first.versions().entrySet()) {
            facts.add(new Fact(version.getKey(), version.getValue()));
        }
        return facts;
    }

    private List<Block> nextStepBlocks() {
        List<Block> blocks = new ArrayList<>();
        for (NextStep step : nextSteps) {
            blocks.add(new Code(step.purpose(), step.command()));
        }
        return blocks;
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String percent(int part, int whole) {
        return whole == 0 ? "" : String.format(Locale.ROOT, " (%.0f %%)", 100.0 * part / whole);
    }

    private static final String RESULTS =
            "Test samples: each user's last interaction and one item without any. AUC is the probability that a"
                    + " random positive is scored above a random negative: 0.5 is random, 1 is perfect. Verdicts use"
                    + " Holm's correction over all tests of this table, the same as in 'sllmr compare'. The numbers"
                    + " at the top count as better or worse only if the tests over seeds and over users agree.";
    private static final String SLICES =
            "Cold users have few training interactions. Long-tail samples are those with a rare item; long-tail"
                    + " pairs compare a rare positive with negatives of any popularity, which is harder and matters"
                    + " for ranking a whole catalogue.";
    private static final String TARGET =
            "Guidance pulls pairs of a user's items to the probability that the user prefers the first. Its log-odds"
                    + " are a weighted sum of the backbone's logit, the teacher's score and the items' popularity,"
                    + " fitted on interactions that neither backbone nor teacher had seen. Ranges are over the seeds.";
    private static final String TRAINING =
            "One line for each seed; the large dot is the epoch with the best validation AUC, whose weights were kept.";
}

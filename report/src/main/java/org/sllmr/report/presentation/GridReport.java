// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.presentation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sllmr.data.ColdUsers;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Pairing;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.Block;
import org.sllmr.report.Block.Charts;
import org.sllmr.report.Block.Fact;
import org.sllmr.report.Block.Facts;
import org.sllmr.report.Block.Paragraph;
import org.sllmr.report.Block.Rows;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportModel.Finding;
import org.sllmr.report.ReportModel.Section;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.result.ResultTable;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Tone;
import org.sllmr.runs.Provenance;
import org.sllmr.runs.execution.RunOutcome.Failed;
import org.sllmr.runs.execution.RunOutcome.Finished;

/** The page of an experiment. */
final class GridReport {
    private final GridResults results;
    private final GridCharts charts;
    private final ResultTable comparison;

    private final List<String> notes;

    private GridReport(GridResults results, ResultTable comparison, List<String> notes) {
        this.results = results;
        this.charts = new GridCharts(results);
        this.comparison = comparison;
        this.notes = notes;
    }

    /** The contents of the page; needs at least one complete run. */
    public static ReportModel of(GridResults results) {
        return of(results, results.comparison(), List.of());
    }

    /**
     * The contents of the page, from a given comparison.
     *
     * @param notes what could not be compared, and why
     */
    static ReportModel of(GridResults results, ResultTable comparison, List<String> notes) {
        GridReport report = new GridReport(results, comparison, notes);
        return new ReportModel(
                results.outline().title(),
                report.headline(),
                List.of(report.lead()),
                report.findings(),
                report.sections());
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        List<Table> published = GridTables.published(results);
        if (!published.isEmpty()) {
            List<Block> blocks = new ArrayList<>(List.of(new Paragraph(PUBLISHED)));
            published.forEach(table -> {
                blocks.add(new Paragraph(table.caption() + ":"));
                blocks.add(new Rows(table));
            });
            sections.add(new Section("published", "Published numbers and ours", blocks));
        }
        sections.add(new Section(
                "results", "Results", List.of(new Paragraph(RESULTS), new Rows(GridTables.means(results)))));
        List<Chart> differences = charts.differences(comparison);
        if (!differences.isEmpty()) {
            sections.add(new Section(
                    "differences",
                    "Where guidance helps, and where not",
                    List.of(new Paragraph(DIFFERENCES), new Charts(differences))));
        }
        add(sections, "slices", "By slice", SLICES, charts.slices());
        GridTables.differences(comparison).ifPresent(table -> {
            List<Block> blocks = new ArrayList<>(List.of(new Paragraph(verdicts())));
            notes.forEach(note -> blocks.add(new Paragraph(note)));
            blocks.add(new Rows(table));
            sections.add(new Section("significance", "Significance", blocks));
        });
        add(sections, "gate", "What the gate did", GATE, charts.gates());
        add(sections, "training", "Training", TRAINING, charts.training());
        add(sections, "scores", "Score distributions", SCORES, charts.scores());
        if (!results.failed().isEmpty()) {
            List<Fact> facts = new ArrayList<>();
            for (Failed failed : results.failed()) {
                facts.add(new Fact(failed.name(), failed.message()));
            }
            sections.add(new Section("failures", "Runs that failed", List.of(new Facts(facts))));
        }
        sections.add(new Section("provenance", "Provenance", List.of(new Facts(provenance()))));
        return sections;
    }

    private static void add(List<Section> sections, String id, String title, String words, List<Chart> charts) {
        if (!charts.isEmpty()) {
            sections.add(new Section(id, title, List.of(new Paragraph(words), new Charts(charts))));
        }
    }

    private String headline() {
        Map<Verdict, Integer> counts = counts(SampleMetric.slices());
        int compared = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (compared > 0) {
            return String.format(
                    Locale.ROOT,
                    "Of %d comparisons with %s by AUC, %d better, %d worse, %d not significant.",
                    compared,
                    comparison.baseline(),
                    counts.getOrDefault(Verdict.BETTER, 0),
                    counts.getOrDefault(Verdict.WORSE, 0),
                    compared - counts.getOrDefault(Verdict.BETTER, 0) - counts.getOrDefault(Verdict.WORSE, 0));
        }
        double[] distances = distances();
        if (distances.length > 0) {
            return String.format(
                    Locale.ROOT,
                    "AUC is %.4f from the published numbers on average, over %d cells.",
                    mean(distances, true),
                    distances.length);
        }
        return results.outline().title();
    }

    private String lead() {
        return String.format(
                Locale.ROOT,
                "%s trained on %s, %s: %d runs on the same prepared data. All metrics are of test samples that"
                        + " training, early stopping and the choice of settings have not seen.",
                listed(results.backbones().stream()
                        .map(results.outline()::backboneLabel)
                        .toList()),
                listed(results.data().stream().map(results.outline()::dataLabel).toList()),
                listed(results.frameworks().stream()
                        .map(results.outline()::frameworkLabel)
                        .toList()),
                results.finished().size());
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        int declared =
                results.outline().cells().size() * results.outline().seeds().size();
        findings.add(new Finding(
                "Runs",
                Integer.toString(results.finished().size()),
                "of " + declared + " declared"
                        + (results.failed().isEmpty()
                                ? ""
                                : ", " + results.failed().size() + " failed"),
                results.failed().isEmpty() ? Tone.NEUTRAL : Tone.BAD));
        double[] distances = distances();
        if (distances.length > 0) {
            findings.add(new Finding(
                    "Published AUC",
                    TableCells.signed(mean(distances, false)),
                    String.format(
                            Locale.ROOT,
                            "mean difference of ours; mean absolute difference" + " %.4f",
                            mean(distances, true)),
                    Tone.NEUTRAL));
        }
        for (SampleMetric metric : SampleMetric.slices()) {
            finding(metric).ifPresent(findings::add);
        }
        return findings;
    }

    /** The mean change in a metric, including changes with too few pairs for a test; empty if there are none. */
    private Optional<Finding> finding(SampleMetric metric) {
        OptionalDouble change = comparison.rows().stream()
                .filter(row -> row.metric() == metric)
                .flatMapToDouble(row -> row.change().stream())
                .average();
        if (change.isEmpty()) {
            return Optional.empty();
        }
        Map<Verdict, Integer> counts = counts(List.of(metric));
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int better = counts.getOrDefault(Verdict.BETTER, 0);
        int worse = counts.getOrDefault(Verdict.WORSE, 0);
        return Optional.of(new Finding(
                metric.label(),
                metric.signed(change.getAsDouble()),
                "mean difference\n"
                        + (all == 0 ? Verdict.NOT_TESTED.words() : better + " better, " + worse + " worse of " + all),
                better > worse ? Tone.GOOD : worse > better ? Tone.BAD : Tone.NEUTRAL));
    }

    private Map<Verdict, Integer> counts(List<SampleMetric> metrics) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (ResultTable.Row row : comparison.rows()) {
            if (metrics.contains(row.metric())) {
                row.shown().ifPresent(difference -> counts.merge(difference.verdict(), 1, Integer::sum));
            }
        }
        return counts;
    }

    private String verdicts() {
        List<String> sentences = new ArrayList<>();
        for (Pairing pairing : Pairing.values()) {
            Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
            comparison.differences().stream()
                    .filter(difference -> difference.pairing() == pairing)
                    .forEach(difference -> counts.merge(difference.verdict(), 1, Integer::sum));
            if (!counts.isEmpty()) {
                sentences.add(counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", ", "Over " + pairing.words() + ": ", ".")));
            }
        }
        return sentences.isEmpty()
                ? "Nothing was tested: tests need two seeds, or the models and the data."
                : String.join(" ", sentences);
    }

    /** Our AUC minus the published one, for each cell that has both. */
    private double[] distances() {
        return results.outline().cells().stream()
                .filter(cell -> results.published(cell, SampleMetric.AUC).isPresent()
                        && results.summary(cell, SampleMetric.AUC).isPresent())
                .mapToDouble(cell ->
                        results.summary(cell, SampleMetric.AUC).orElseThrow().mean()
                                - results.published(cell, SampleMetric.AUC).orElseThrow())
                .toArray();
    }

    private static double mean(double[] values, boolean absolute) {
        double sum = 0;
        for (double value : values) {
            sum += absolute ? Math.abs(value) : value;
        }
        return sum / values.length;
    }

    private List<Fact> provenance() {
        List<Finished> finished = results.finished();
        List<Fact> facts = new ArrayList<>();
        Map<String, Set<String>> hashes = new LinkedHashMap<>();
        Map<String, Set<String>> teachers = new LinkedHashMap<>();
        Set<Long> seeds = new TreeSet<>();
        Set<String> machines = new LinkedHashSet<>();
        Set<String> javas = new LinkedHashSet<>();
        Set<String> kernels = new LinkedHashSet<>();
        double seconds = 0;
        for (Finished run : finished) {
            Provenance provenance = run.contents().provenance();
            hashes.computeIfAbsent(results.outline().dataLabel(run.cell().data()), label -> new LinkedHashSet<>())
                    .add(provenance.dataHash());
            provenance
                    .teacher()
                    .ifPresent(teacher -> teachers.computeIfAbsent(
                                    "Teacher, "
                                            + results.outline()
                                                    .dataLabel(run.cell().data()),
                                    label -> new LinkedHashSet<>())
                            .add(teacher.described()));
            seeds.add(run.seed());
            machines.add(provenance.machine().processor() + ", "
                    + provenance.machine().processors() + " threads, "
                    + provenance.machine().operatingSystem());
            javas.add(provenance.machine().java());
            kernels.add(provenance.machine().kernels());
            seconds += provenance.duration().toMillis() / 1000.0;
        }
        hashes.forEach((label, hash) -> facts.add(new Fact(label, String.join(", ", hash))));
        teachers.forEach((label, teacher) -> facts.add(new Fact(label, String.join("; ", teacher))));
        facts.add(new Fact("Seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        facts.add(new Fact("Runs", finished.size() + String.format(Locale.ROOT, ", %,.0f seconds together", seconds)));
        facts.add(new Fact("Machine", String.join("; ", machines)));
        facts.add(new Fact("Java", String.join("; ", javas)));
        facts.add(new Fact("Kernels", String.join("; ", kernels)));
        Provenance first = finished.get(0).contents().provenance();
        facts.add(new Fact("Started", first.started().toString()));
        first.commit().ifPresent(commit -> facts.add(new Fact("Commit", commit)));
        first.versions().forEach((name, version) -> facts.add(new Fact(name, version)));
        results.outline().paper().ifPresent(paper -> facts.add(new Fact("Published numbers", paper.source())));
        facts.add(new Fact("Configurations", "configuration.yaml of each run's folder"));
        return facts;
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static final String PUBLISHED =
            "Ours beside the published numbers. Single runs of a cell differ by about its standard deviation, and a"
                    + " published number is a single run.";
    private static final String RESULTS =
            "Test samples: each user's last interaction and the negatives stored with it. AUC is the probability"
                    + " that a random positive is scored above a random negative: 0.5 is random, 1 is perfect.";
    private static final String DIFFERENCES =
            "The paper's Figure 2 for these runs: the change in test AUC overall, for cold users, and in the long"
                    + " tail. Long-tail samples are those with a rare item; long-tail pairs compare a rare positive"
                    + " with negatives of any popularity, which is harder.";
    private static final String SLICES =
            "Every seed of every cell. Cold users have at most " + ColdUsers.MAX_INTERACTIONS
                    + " training interactions; long-tail items are the fifth of the catalogue with the fewest training"
                    + " positives.";
    private static final String GATE =
            "The gate decides how much each of the teacher's pairs counts. With the paper's loss, gradients can only"
                    + " close it; it closes more slowly where model and teacher agree.";
    private static final String TRAINING =
            "Validation AUC by epoch, which decides when training stops and which epoch is kept.";
    private static final String SCORES =
            "Predicted probabilities of positives and negatives. The further apart the two outlines are, the higher"
                    + " is AUC; an uncertain model has both in the middle.";
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.sllmr.report.Block;
import org.sllmr.report.Block.Charts;
import org.sllmr.report.Block.Fact;
import org.sllmr.report.Block.Facts;
import org.sllmr.report.Block.Paragraph;
import org.sllmr.report.Block.Rows;
import org.sllmr.report.ReportModel;
import org.sllmr.report.ReportModel.Finding;
import org.sllmr.report.ReportModel.Section;
import org.sllmr.report.chart.BarChart;
import org.sllmr.report.chart.Chart;
import org.sllmr.report.chart.ForestChart;
import org.sllmr.report.chart.IntervalChart;
import org.sllmr.report.chart.LineChart;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.table.Tone;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.diagnosis.Agreement;
import org.sllmr.runs.diagnosis.CorrectBy;
import org.sllmr.runs.diagnosis.Diagnosis;
import org.sllmr.runs.diagnosis.GuidanceHistory;
import org.sllmr.runs.diagnosis.PartDiagnosis;

/** A diagnosis as a page. */
public final class DiagnosisReport {
    /** A chart with more lines would be unreadable; the table has them all. */
    private static final int MAX_LINES = 6;

    private DiagnosisReport() {}

    /** The contents of the page. */
    public static ReportModel of(Diagnosis diagnosis) {
        List<Section> sections = new ArrayList<>();
        sections.add(parts(diagnosis));
        DiagnosisTables.agreement(diagnosis)
                .ifPresent(table -> sections.add(new Section(
                        "pairs",
                        "Did the run learn from the teacher?",
                        List.of(
                                new Paragraph(DiagnosisText.agreement(diagnosis).orElse("")),
                                new Charts(List.of(pairs(diagnosis.agreement().get(0)))),
                                new Rows(table)))));
        List<Block> gate = gate(diagnosis);
        if (!gate.isEmpty()) {
            sections.add(new Section("gate", hasGate(diagnosis) ? "What the gate did" : "What guidance did", gate));
        }
        sections.add(new Section("provenance", "Provenance", List.of(new Facts(facts(diagnosis)))));
        List<String> lead = new ArrayList<>(List.of(DiagnosisText.subject(diagnosis)));
        lead.addAll(diagnosis.notes());
        return new ReportModel(
                "Diagnosis of " + diagnosis.run(),
                DiagnosisText.headline(diagnosis),
                lead,
                findings(diagnosis),
                sections);
    }

    private static List<Finding> findings(Diagnosis diagnosis) {
        List<Finding> findings = new ArrayList<>();
        for (PartDiagnosis part : diagnosis.parts()) {
            if (!part.by().equals(diagnosis.parts().get(0).by())
                    && !part.by().equals(diagnosis.parts().get(1).by())) {
                break;
            }
            findings.add(new Finding(
                    part.part(),
                    part.difference()
                            .map(difference -> TableCells.signed(difference.difference()))
                            .orElse(number(part.run())),
                    part.verdict().words() + "\nteacher alone " + number(part.teacher()),
                    Tone.of(part.verdict())));
        }
        return findings;
    }

    private static Section parts(Diagnosis diagnosis) {
        List<Block> blocks = new ArrayList<>();
        Map<String, List<IntervalChart.Entry>> entries = new LinkedHashMap<>();
        for (PartDiagnosis part : diagnosis.parts()) {
            part.difference()
                    .ifPresent(difference -> entries.computeIfAbsent(part.by(), by -> new ArrayList<>())
                            .add(new IntervalChart.Entry(part.part(), difference)));
        }
        if (!entries.isEmpty()) {
            List<ForestChart.Group> groups = new ArrayList<>();
            entries.forEach((by, own) -> groups.add(new ForestChart.Group(DiagnosisTables.heading(by), own)));
            blocks.add(new Charts(List.of(new ForestChart(
                    "Run minus run without guidance",
                    "Difference in " + diagnosis.split()
                            + " AUC with its 95 % interval over users. A diamond is better, a" + " square worse, a"
                            + " hollow circle not significant.",
                    "By",
                    "Part",
                    groups))));
        }
        blocks.add(new Rows(DiagnosisTables.parts(diagnosis)));
        return new Section("parts", "Where guidance helped, and where it hurt", blocks);
    }

    private static Chart pairs(Agreement all) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (CorrectBy who : CorrectBy.values()) {
            Agreement.Group group = all.group(who);
            bars.add(new BarChart.Bar(who.words(), group.pairs(), (int)
                    Math.round(group.pairs() * group.right().orElse(0))));
        }
        return new BarChart(
                "Pairs by who orders them correctly without guidance",
                "The run can learn pairs of the teacher alone, and lose pairs of the model alone; coloured are the"
                        + " pairs that the guided run orders correctly.",
                "correct",
                "pairs",
                Optional.of("correct in the run"),
                bars);
    }

    private static List<Block> gate(Diagnosis diagnosis) {
        List<Block> blocks = new ArrayList<>();
        List<Chart> charts = new ArrayList<>();
        chart(
                        diagnosis.gate(),
                        "Mean gate by region",
                        "At 0 the teacher is ignored, at 1 its loss counts fully.",
                        "gate",
                        LineChart.Range.UNIT,
                        GuidanceEpoch::meanByRegion)
                .ifPresent(charts::add);
        chart(
                        diagnosis.gate(),
                        hasGate(diagnosis) ? "Gate weights" : "Weights of the target",
                        hasGate(diagnosis)
                                ? "The weight of each feature in the gate."
                                : "The weight of each feature in the target's log odds.",
                        "weight",
                        LineChart.Range.FROM_ZERO,
                        GuidanceEpoch::weights)
                .ifPresent(charts::add);
        if (!charts.isEmpty()) {
            blocks.add(new Charts(charts));
        }
        DiagnosisTables.gateRegions(diagnosis).ifPresent(table -> blocks.add(new Rows(table)));
        DiagnosisTables.epochs(diagnosis).ifPresent(table -> blocks.add(new Rows(table)));
        DiagnosisTables.weights(diagnosis).ifPresent(table -> blocks.add(new Rows(table)));
        return blocks;
    }

    /** Whether the run's guidance has a gate, whose mean by region is then recorded. */
    private static boolean hasGate(Diagnosis diagnosis) {
        return diagnosis.gate().epochs().stream()
                .anyMatch(epoch -> !epoch.meanByRegion().isEmpty());
    }

    private static Optional<Chart> chart(
            GuidanceHistory gate,
            String title,
            String description,
            String unit,
            LineChart.Range range,
            Function<GuidanceEpoch, Map<String, Double>> numbers) {
        Set<String> names = new LinkedHashSet<>();
        gate.epochs().forEach(epoch -> names.addAll(numbers.apply(epoch).keySet()));
        if (names.isEmpty() || names.size() > MAX_LINES) {
            return Optional.empty();
        }
        OptionalInt kept = gate.keptEpoch() == 0 ? OptionalInt.empty() : OptionalInt.of(gate.keptEpoch());
        List<LineChart.Series> series = new ArrayList<>();
        for (String name : names) {
            List<Double> values = gate.epochs().stream()
                    .map(epoch -> numbers.apply(epoch).getOrDefault(name, Double.NaN))
                    .toList();
            series.add(new LineChart.Series(name, false, List.of(new LineChart.Run("run", values, kept))));
        }
        return Optional.of(new LineChart(title, description, unit, range, series));
    }

    private static List<Fact> facts(Diagnosis diagnosis) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Dataset", diagnosis.dataset()));
        facts.add(new Fact("Samples", String.format(Locale.ROOT, "%,d, %s", diagnosis.samples(), diagnosis.split())));
        facts.add(new Fact("Scored by the teacher", String.format(Locale.ROOT, "%,d", diagnosis.scored())));
        facts.add(new Fact("Teacher", diagnosis.teacher()));
        facts.add(new Fact("Run", diagnosis.run()));
        diagnosis.without().ifPresent(other -> facts.add(new Fact("Run without", other)));
        return facts;
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? "-" : TableCells.number(value.getAsDouble());
    }
}

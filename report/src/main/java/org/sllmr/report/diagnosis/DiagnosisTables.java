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
import java.util.Set;
import java.util.function.Function;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.slice.Slicing;
import org.sllmr.report.result.TableCells;
import org.sllmr.report.table.Table;
import org.sllmr.report.table.Table.Column;
import org.sllmr.report.table.Tone;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.diagnosis.Agreement;
import org.sllmr.runs.diagnosis.Diagnosis;
import org.sllmr.runs.diagnosis.GuidanceHistory;
import org.sllmr.runs.diagnosis.PartDiagnosis;

/** The numbers of a diagnosis as tables, for terminals and pages. */
public final class DiagnosisTables {
    private static final String NONE = "-";

    private DiagnosisTables() {}

    /** AUC of teacher and runs by part, and their difference. */
    public static Table parts(Diagnosis diagnosis) {
        boolean compared = diagnosis.without().isPresent();
        List<Column> columns = new ArrayList<>(List.of(
                Column.name("AUC"),
                Column.number("Samples"),
                Column.number("Scored").ifThereIsRoom(),
                Column.number("Teacher"),
                Column.number("Run")));
        if (compared) {
            columns.add(Column.number("Without"));
            columns.addAll(TableCells.columns());
        }
        Map<String, List<Table.Row>> groups = new LinkedHashMap<>();
        for (PartDiagnosis part : diagnosis.parts()) {
            List<String> cells = new ArrayList<>(List.of(
                    part.part(),
                    count(part.samples()),
                    count(part.scored()),
                    number(part.teacher()),
                    number(part.run())));
            if (compared) {
                cells.add(number(part.without()));
                cells.addAll(part.difference()
                        .map(TableCells::of)
                        .orElse(List.of(NONE, NONE, NONE, NONE, part.verdict().words())));
            }
            groups.computeIfAbsent(heading(part.by()), by -> new ArrayList<>())
                    .add(new Table.Row(cells, Tone.of(part.verdict())));
        }
        return new Table(
                "AUC by part",
                columns,
                groups.entrySet().stream()
                        .map(entry -> new Table.Group(entry.getKey(), entry.getValue()))
                        .toList(),
                compared
                        ? TableCells.note(diagnosis.parts().stream()
                                        .flatMap(part -> part.difference().stream())
                                        .toList())
                                + " Each model is one run: compare several seeds. Parts of fewer than "
                                + PartDiagnosis.MIN_USERS + " users are not tested."
                        : "");
    }

    /** How the run orders pairs, by who is right without guidance; empty without another run. */
    public static Optional<Table> agreement(Diagnosis diagnosis) {
        if (diagnosis.agreement().isEmpty()) {
            return Optional.empty();
        }
        List<Table.Group> groups = new ArrayList<>();
        for (Agreement agreement : diagnosis.agreement()) {
            List<List<String>> rows = new ArrayList<>();
            for (Agreement.Group group : agreement.groups()) {
                rows.add(List.of(
                        group.who().words(),
                        count(group.pairs()),
                        percent(group.share()),
                        group.right().isEmpty() ? NONE : percent(group.right().getAsDouble()),
                        interval(group.interval()),
                        points(group.adds())));
            }
            double change = agreement.groups().stream()
                    .mapToDouble(Agreement.Group::adds)
                    .sum();
            rows.add(List.of("together", count(agreement.pairs()), percent(1), "", "", points(change)));
            effect("learned: odds ratio", agreement.learned(), rows);
            effect("misled: odds ratio", agreement.misled(), rows);
            groups.add(Table.Group.of(agreement.part(), rows));
        }
        return Optional.of(Table.of(
                "How the run orders pairs",
                List.of("CorrectBy without guidance", "Pairs", "Share", "Run is right", "95 % interval", "Adds"),
                1,
                groups,
                "A pair is a positive and one of its negatives; tied pairs are left out. Adds: contribution to the"
                        + " change in the share of correctly ordered pairs, in percentage points. Learned: the odds"
                        + " that the run corrects a pair that the model has wrong, where the teacher is right"
                        + " relative to where it is wrong; misled: the odds that it breaks a pair that the model has"
                        + " right, where the teacher is wrong relative to where it is right. Retraining also changes"
                        + " pairs, easy ones first: to see what chance does, diagnose a run without guidance and"
                        + " with another seed."));
    }

    private static void effect(String name, Optional<Agreement.Effect> effect, List<List<String>> rows) {
        effect.ifPresent(one -> rows.add(List.of(name, "", "", ratio(one.oddsRatio()), ratios(one.interval()), "")));
    }

    /** The gate in the kept epoch beside the AUC of teacher and model, by region; empty without a gate. */
    public static Optional<Table> gateRegions(Diagnosis diagnosis) {
        GuidanceHistory gate = diagnosis.gate();
        if (gate.regions().isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = new ArrayList<>();
        for (GuidanceHistory.Region region : gate.regions()) {
            boolean known = region.teacher().isPresent() && region.model().isPresent();
            rows.add(List.of(
                    region.region(),
                    TableCells.number(region.gate()),
                    count(region.samples()),
                    number(region.teacher()),
                    number(region.model()),
                    known
                            ? TableCells.signed(region.teacher().getAsDouble()
                                    - region.model().getAsDouble())
                            : NONE));
        }
        return Optional.of(Table.of(
                "Is the gate open where the teacher is better?",
                List.of("Region", "Gate", "Samples", "Teacher", "Model", "Teacher ahead"),
                1,
                List.of(Table.Group.of("Epoch " + gate.keptEpoch() + ", which was kept", rows)),
                "Gate: mean over pairs in training. Teacher and model: AUC of the same "
                        + diagnosis.split() + " samples, by user and positive; the model is the run without guidance"
                        + " if there is one. A teacher with a lower AUC than the model can still be right where the"
                        + " model is wrong."));
    }

    /** Guidance by epoch; empty for a run without it. */
    public static Optional<Table> epochs(Diagnosis diagnosis) {
        List<GuidanceEpoch> epochs = diagnosis.gate().epochs();
        if (epochs.isEmpty()) {
            return Optional.empty();
        }
        Set<String> regions = names(epochs, GuidanceEpoch::meanByRegion);
        List<String> headings = new ArrayList<>(List.of("Epoch", "Pairs a step", "Mean loss", "Violated"));
        headings.addAll(regions);
        List<List<String>> rows = new ArrayList<>();
        for (GuidanceEpoch epoch : epochs) {
            List<String> row = new ArrayList<>(List.of(
                    epoch.epoch() + (epoch.epoch() == diagnosis.gate().keptEpoch() ? " (kept)" : ""),
                    String.format(Locale.ROOT, "%.1f", epoch.pairsPerStep()),
                    TableCells.number(epoch.meanHinge()),
                    percent(epoch.violatedShare())));
            regions.forEach(region -> row.add(number(epoch.meanByRegion(), region)));
            rows.add(row);
        }
        return Optional.of(Table.of(
                diagnosis.gate().keptEpoch() == 0
                        ? "Guidance by epoch (the backbone alone was kept, and none of these)"
                        : "Guidance by epoch",
                headings,
                1,
                List.of(Table.Group.of(
                        regions.isEmpty() ? "No gate: every pair counts 1" : "Mean gate by region", rows)),
                ""));
    }

    /** Fitted weights by epoch, one in each row; empty if there are none. */
    public static Optional<Table> weights(Diagnosis diagnosis) {
        List<GuidanceEpoch> epochs = diagnosis.gate().epochs();
        Set<String> names = names(epochs, GuidanceEpoch::weights);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> headings = new ArrayList<>(List.of("Weight"));
        epochs.forEach(epoch -> headings.add(
                "Epoch " + epoch.epoch() + (epoch.epoch() == diagnosis.gate().keptEpoch() ? " (kept)" : "")));
        List<List<String>> rows = new ArrayList<>();
        for (String name : names) {
            List<String> row = new ArrayList<>(List.of(name));
            epochs.forEach(epoch -> row.add(number(epoch.weights(), name)));
            rows.add(row);
        }
        return Optional.of(Table.of(
                epochs.stream().allMatch(epoch -> epoch.meanByRegion().isEmpty())
                        ? "Weights of the target"
                        : "Weights of the gate",
                headings,
                1,
                List.of(Table.Group.of("After each epoch", rows)),
                ""));
    }

    private static Set<String> names(List<GuidanceEpoch> epochs, Function<GuidanceEpoch, Map<String, Double>> numbers) {
        Set<String> names = new LinkedHashSet<>();
        epochs.forEach(epoch -> names.addAll(numbers.apply(epoch).keySet()));
        return names;
    }

    private static String number(Map<String, Double> numbers, String name) {
        Double value = numbers.get(name);
        return value == null ? NONE : TableCells.number(value);
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? NONE : TableCells.number(value.getAsDouble());
    }

    private static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The heading of parts divided by something. */
    public static String heading(String by) {
        return by.equals(Slicing.WHOLE) ? "Overall" : "By " + by;
    }

    /** A share in per cent. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A difference of shares in percentage points, with its sign. */
    static String points(double difference) {
        String text = String.format(Locale.ROOT, "%+.2f", 100 * difference);
        return text.equals("-0.00") || text.equals("+0.00") ? "0.00" : text;
    }

    private static String interval(Optional<Interval> interval) {
        return interval.map(one -> "[" + percent(one.lower()) + ", " + percent(one.upper()) + "]")
                .orElse(NONE);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    private static String ratios(Optional<Interval> interval) {
        return interval.map(one -> "[" + ratio(one.lower()) + ", " + ratio(one.upper()) + "]")
                .orElse(NONE);
    }
}

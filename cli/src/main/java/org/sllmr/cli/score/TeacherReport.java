// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import static org.sllmr.cli.terminal.TableRows.count;
import static org.sllmr.cli.terminal.TableRows.decimal;
import static org.sllmr.cli.terminal.TableRows.share;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sllmr.cli.command.ConstantName;
import org.sllmr.cli.terminal.TableRows;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.store.StoreSummary;
import org.sllmr.teacher.ScoreProvenance;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.audit.PartAudit;
import org.sllmr.teacher.audit.TeacherAudit;
import org.sllmr.teacher.audit.TeacherVerdict;
import org.sllmr.teacher.describe.Distribution;
import org.sllmr.teacher.describe.SliceCoverage;
import org.sllmr.teacher.describe.TableStatistics;
import org.sllmr.training.calibration.GainForecast;

/**
 * The description of a teacher table.
 *
 * @param file the file
 * @param provenance where the scores come from, and how many candidates were scored
 * @param statistics distribution of the scores, and ties
 * @param slices coverage of users and items; empty without a dataset
 * @param audit validation AUC of the teacher alone and of popularity; empty if not requested
 * @param parts the same by history length, popularity and category
 * @param verdict the conclusion from the audit; empty without one
 * @param forecast what the teacher can be expected to add to a model; empty without held-out users
 * @param answers costs and failures of a language model, for a store
 */
record TeacherReport(
        String file,
        ScoreProvenance provenance,
        TableStatistics statistics,
        List<SliceCoverage> slices,
        List<TeacherAudit> audit,
        List<PartAudit> parts,
        Optional<TeacherVerdict> verdict,
        Optional<GainForecast> forecast,
        Optional<StoreSummary> answers) {
    /** Copies the lists. */
    public TeacherReport {
        slices = List.copyOf(slices);
        audit = List.copyOf(audit);
        parts = List.copyOf(parts);
    }

    static TeacherReport of(Path file, TeacherTableFile scores) {
        return new TeacherReport(
                file.toString(),
                scores.provenance(),
                TableStatistics.of(scores.table()),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static TeacherReport of(Path file, TeacherTableFile scores, TrainingData data) {
        return new TeacherReport(
                file.toString(),
                scores.provenance(),
                TableStatistics.of(scores.table()),
                SliceCoverage.of(scores.table(), data),
                List.of(),
                List.of(),
                Optional.empty(),
                GainForecast.of(data, scores.table()),
                Optional.empty());
    }

    /** Adds the audit of the teacher's scores of all validation rows, NaN for rows without a score. */
    TeacherReport withAudit(float[] scores, TrainingData data) {
        return new TeacherReport(
                file,
                provenance,
                statistics,
                slices,
                TeacherAudit.of(scores, data),
                PartAudit.of(scores, data),
                TeacherVerdict.of(scores, data),
                forecast,
                answers);
    }

    TeacherReport withAnswers(StoreSummary summary) {
        return new TeacherReport(
                file, provenance, statistics, slices, audit, parts, verdict, forecast, Optional.of(summary));
    }

    void print(PrintStream out, int width) {
        out.printf(
                Locale.ROOT,
                "%s: %,d scores of %,d candidates for dataset '%s' (%s)%n",
                file,
                provenance.scored(),
                provenance.asked(),
                provenance.dataset(),
                provenance.datasetHash());
        out.printf("teacher %s, model %s, seed %d%n", provenance.teacher(), provenance.model(), provenance.seed());
        out.println(provenance.settings().entrySet().stream()
                .map(entry -> entry.getKey() + " " + (entry.getValue().isEmpty() ? "(all)" : entry.getValue()))
                .collect(Collectors.joining(", ")));
        out.println();
        sources().print(out, width);
        out.println();
        distributions().print(out, width);
        out.printf(
                Locale.ROOT,
                "%n%,d pairs of one user's candidates, %s of them tied; %,d of %,d users have no preference%n",
                statistics.pairs(),
                share(statistics.tiedPairs(), statistics.pairs()),
                statistics.usersWithoutPreference(),
                statistics.usersScored());
        if (!slices.isEmpty()) {
            out.println();
            coverage().print(out, width);
        }
        if (!audit.isEmpty()) {
            out.println();
            auditRows().print(out, width);
            out.println();
            partAuditRows().print(out, width);
        }
        verdict.ifPresent(found -> {
            out.println();
            out.println(VerdictText.of(found));
        });
        forecast.ifPresent(found -> {
            out.println();
            out.println(VerdictText.of(found));
        });
        answers.ifPresent(summary -> {
            out.println();
            AnswersText.print(summary, out, width);
            out.println();
            AnswersText.printPositions(summary, out, width);
        });
    }

    private TableRows sources() {
        TableRows table = new TableRows("source", "asked", "scored", "share");
        provenance.planned().forEach((source, asked) -> {
            int scored = provenance.answered().getOrDefault(source, 0);
            table.row(ConstantName.of(source), count(asked), count(scored), share(scored, asked));
        });
        return table;
    }

    private TableRows distributions() {
        TableRows table = new TableRows("", "least", "5 %", "25 %", "median", "75 %", "95 %", "greatest", "mean");
        row(table, "scores", "%.3f", statistics.distribution());
        row(table, "scores of a user", "%.0f", statistics.perUser());
        return table;
    }

    private static void row(TableRows table, String name, String format, Distribution values) {
        table.row(
                name,
                String.format(Locale.ROOT, format, values.least()),
                String.format(Locale.ROOT, format, values.fivePercent()),
                String.format(Locale.ROOT, format, values.quarter()),
                String.format(Locale.ROOT, format, values.median()),
                String.format(Locale.ROOT, format, values.threeQuarters()),
                String.format(Locale.ROOT, format, values.ninetyFivePercent()),
                String.format(Locale.ROOT, format, values.greatest()),
                String.format(Locale.ROOT, format.equals("%.0f") ? "%.1f" : format, values.mean()));
    }

    private TableRows coverage() {
        TableRows table = new TableRows("", "number", "with scores", "share", "scores", "mean score");
        for (SliceCoverage slice : slices) {
            table.row(
                    slice.slice(),
                    count(slice.members()),
                    count(slice.scored()),
                    share(slice.scored(), slice.members()),
                    count(slice.scores()),
                    String.format(Locale.ROOT, "%.3f", slice.meanScore()));
        }
        return table;
    }

    private TableRows auditRows() {
        TableRows table = new TableRows("AUC on validation samples", "samples", "unscored", "teacher", "popularity");
        for (TeacherAudit one : audit) {
            table.row(
                    ConstantName.of(one.slice().name()),
                    count(one.samples()),
                    count(one.unscored()),
                    decimal(one.teacher()),
                    decimal(one.popularity()));
        }
        return table;
    }

    private TableRows partAuditRows() {
        TableRows table = new TableRows("AUC by the positive", "samples", "unscored", "teacher", "popularity");
        for (PartAudit one : parts) {
            table.row(
                    one.by() + " " + one.part(),
                    count(one.samples()),
                    count(one.unscored()),
                    decimal(one.teacher()),
                    decimal(one.popularity()));
        }
        return table;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.report.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.sllmr.evaluation.significance.Verdict;
import org.sllmr.report.result.TableCells;
import org.sllmr.runs.diagnosis.Agreement;
import org.sllmr.runs.diagnosis.CorrectBy;
import org.sllmr.runs.diagnosis.Diagnosis;
import org.sllmr.runs.diagnosis.PartDiagnosis;

/** A diagnosis in sentences. */
public final class DiagnosisText {
    private DiagnosisText() {}

    /** What was diagnosed. */
    public static String subject(Diagnosis diagnosis) {
        return String.format(
                Locale.ROOT,
                "%s, %,d %s samples; teacher '%s', run %s%s.",
                diagnosis.dataset(),
                diagnosis.samples(),
                diagnosis.split(),
                diagnosis.teacher(),
                diagnosis.run(),
                diagnosis.without().map(other -> ", compared with " + other).orElse(""));
    }

    /** The result over all samples. */
    public static String headline(Diagnosis diagnosis) {
        PartDiagnosis all = diagnosis.parts().get(0);
        String auc = "AUC of the run " + number(all.run()) + ", of the teacher alone " + number(all.teacher());
        if (diagnosis.without().isEmpty()) {
            return auc + ".";
        }
        String change = all.difference()
                .map(difference -> " (" + TableCells.signed(difference.difference()) + ", p "
                        + difference.corrected().text() + ")")
                .orElse("");
        String verdict = switch (all.verdict()) {
            case BETTER -> "Overall the run with the teacher is better";
            case WORSE -> "Overall the run with the teacher is worse";
            case NOT_SIGNIFICANT -> "Overall the difference is not significant";
            case NOT_TESTED -> "Overall the difference was not tested";
        };
        return verdict + change + ": " + auc + ", without guidance " + number(all.without()) + ".";
    }

    /** The headline and the conclusions from the tables. */
    public static List<String> sentences(Diagnosis diagnosis) {
        List<String> sentences = new ArrayList<>(List.of(headline(diagnosis)));
        if (diagnosis.without().isPresent()) {
            sentences.add(parts(diagnosis, Verdict.BETTER, "Better") + " " + parts(diagnosis, Verdict.WORSE, "Worse"));
        }
        agreement(diagnosis).ifPresent(sentences::add);
        return sentences;
    }

    private static String parts(Diagnosis diagnosis, Verdict verdict, String word) {
        List<PartDiagnosis> own = diagnosis.parts().stream()
                .skip(1)
                .filter(part -> part.verdict() == verdict)
                .toList();
        return own.isEmpty()
                ? word + " in no single part."
                : word + ": "
                        + own.stream()
                                .map(part -> part.by() + " " + part.part())
                                .collect(Collectors.joining("; "))
                        + ".";
    }

    /** What the run learned from the teacher and what it lost, over all samples. */
    public static Optional<String> agreement(Diagnosis diagnosis) {
        if (diagnosis.agreement().isEmpty()) {
            return Optional.empty();
        }
        Agreement all = diagnosis.agreement().get(0);
        return Optional.of("Of the pairs that only the teacher had right"
                + " (" + share(all, CorrectBy.TEACHER_ALONE) + " of all), the run has"
                + " " + right(all, CorrectBy.TEACHER_ALONE) + " right; of those that neither had right,"
                + " " + right(all, CorrectBy.NEITHER) + ". Of the pairs that only the model had right"
                + " (" + share(all, CorrectBy.MODEL_ALONE) + "), the run lost"
                + " " + lost(all, CorrectBy.MODEL_ALONE) + "; of those that both had right,"
                + " " + lost(all, CorrectBy.BOTH) + ".");
    }

    private static String share(Agreement agreement, CorrectBy who) {
        return DiagnosisTables.percent(agreement.group(who).share());
    }

    private static String right(Agreement agreement, CorrectBy who) {
        OptionalDouble right = agreement.group(who).right();
        return right.isEmpty() ? "none (no such pairs)" : DiagnosisTables.percent(right.getAsDouble());
    }

    private static String lost(Agreement agreement, CorrectBy who) {
        OptionalDouble right = agreement.group(who).right();
        return right.isEmpty() ? "none (no such pairs)" : DiagnosisTables.percent(1 - right.getAsDouble());
    }

    private static String number(OptionalDouble value) {
        return value.isEmpty() ? "undefined" : TableCells.number(value.getAsDouble());
    }
}

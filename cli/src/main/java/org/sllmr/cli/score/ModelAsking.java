// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextTable;

/**
 * Asks a language model and shows the progress.
 *
 * @param terminal where progress is shown
 * @param teacher the model
 */
public record ModelAsking(Terminal terminal, LanguageTeacher teacher) {
    /** Says how asking ended. */
    public static void sayEnd(Terminal terminal, AskingResult result) {
        terminal.say(said(result.progress()));
        sayIfSpent(terminal, result);
    }

    TeacherTableFile ask(CandidatePlan plan, TrainingData data, Path store) throws IOException, InterruptedException {
        LanguageTeacher.Asked asked =
                watched(teacher.requestsOf(plan, data), listener -> teacher.ask(plan, data, store, listener));
        sayIfSpent(terminal, asked.result());
        return asked.scores();
    }

    TextTable ask(TextPlan plan, TrainingData data, Path store) throws IOException, InterruptedException {
        LanguageTeacher.AskedTexts asked = watched(plan.size(), listener -> teacher.ask(plan, data, store, listener));
        sayIfSpent(terminal, asked.result());
        return asked.texts();
    }

    /** Asks, and reports to a listener. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(AskingListener listener) throws IOException, InterruptedException;
    }

    private <T> T watched(int requests, Question<T> question) throws IOException, InterruptedException {
        if (teacher.inBatches()) {
            terminal.say("asking in batches, which can take a day and continue when this command is stopped; start it"
                    + " again to collect them");
        }
        String what = "asking " + teacher.model() + (teacher.inBatches() ? " in batches" : "");
        AtomicReference<@Nullable AskingProgress> last = new AtomicReference<>();
        try (Progress progress = terminal.progress(what, requests)) {
            return question.ask(now -> {
                last.set(now);
                progress.at(now.done(), teacher.inBatches() ? underWay(now) : detail(now));
            });
        } finally {
            AskingProgress end = last.get();
            if (end != null) {
                terminal.say(said(end));
            }
        }
    }

    private static void sayIfSpent(Terminal terminal, AskingResult result) {
        if (result.end() == AskingEnd.BUDGET) {
            terminal.say("stopped: " + result.message() + "; run again with a larger --budget to continue");
        }
    }

    private static String underWay(AskingProgress progress) {
        return String.format(Locale.ROOT, "%,d under way, spent %.4f", progress.underWay(), progress.spent());
    }

    private static String detail(AskingProgress progress) {
        String faults =
                progress.faults().values().stream().mapToLong(Long::longValue).sum() + " faults";
        boolean silent = progress.answered() == 0 && !progress.lastFailure().isEmpty();
        return String.format(Locale.ROOT, "%.1f/s, spent %.4f, %s", progress.rate(), progress.spent(), faults)
                + (progress.providerDown() ? ", waiting: the provider seems to be down" : "")
                + (progress.providerDown() || silent ? ": " + progress.lastFailure() : "");
    }

    private static String said(AskingProgress progress) {
        String faults = progress.faults().entrySet().stream()
                .map(fault -> fault.getKey() + " " + fault.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%,d of %,d requests answered, %,d of them before; %,d left unanswered; spent %.4f%s",
                progress.answeredBefore() + progress.answered(),
                progress.total(),
                progress.answeredBefore(),
                progress.leftUnanswered(),
                progress.spent(),
                faults.isEmpty() ? "" : "; faults: " + faults);
    }
}

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
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * Asks a language model and shows the progress.
 *
 * @param terminal where progress is shown
 * @param teacher the model
 */
record ModelAsking(Terminal terminal, LanguageTeacher teacher) {
    TeacherTableFile ask(CandidatePlan plan, TrainingData data, Path store) throws IOException, InterruptedException {
        if (teacher.inBatches()) {
            terminal.say("asking in batches, which can take a day and continue when this command is stopped; start it"
                    + " again to collect them");
        }
        AtomicReference<@Nullable AskingProgress> last = new AtomicReference<>();
        LanguageTeacher.Asked asked;
        try {
            asked = ask(plan, data, store, last);
        } finally {
            AskingProgress end = last.get();
            if (end != null) {
                terminal.say(said(end));
            }
        }
        if (asked.result().end() == AskingEnd.BUDGET) {
            terminal.say("stopped: " + asked.result().message() + "; run again with a larger --budget to continue");
        }
        return asked.scores();
    }

    private LanguageTeacher.Asked ask(
            CandidatePlan plan, TrainingData data, Path store, AtomicReference<@Nullable AskingProgress> last)
            throws IOException, InterruptedException {
        String what = "asking " + teacher.model() + (teacher.inBatches() ? " in batches" : "");
        try (Progress progress = terminal.progress(what, teacher.requestsOf(plan, data))) {
            return teacher.ask(plan, data, store, now -> {
                last.set(now);
                progress.at(now.done(), teacher.inBatches() ? underWay(now) : detail(now));
            });
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

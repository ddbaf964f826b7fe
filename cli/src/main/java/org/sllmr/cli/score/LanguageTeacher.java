// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.language.LanguageModel;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.question.QuestionForm;
import org.sllmr.teacher.request.RequestOrigin;
import org.sllmr.teacher.request.Requests;
import org.sllmr.teacher.run.RunProgress;
import org.sllmr.teacher.run.RunResult;
import org.sllmr.teacher.run.ScoringRun;
import org.sllmr.teacher.store.StoreReader;
import org.sllmr.teacher.store.StoredScores;

/**
 * A language model as the teacher of a dataset.
 *
 * @param terminal where progress goes
 * @param settings how it is asked
 * @param model the model
 */
record LanguageTeacher(Terminal terminal, LanguageSettings settings, LanguageModel model) {
    /**
     * Asks what the store does not hold yet, and makes the table of what it holds then.
     *
     * @throws InvalidInputException if the provider refuses or does not come back; the store keeps what arrived
     */
    TeacherTableFile score(CandidatePlan plan, TrainingData data, Path store) throws IOException, InterruptedException {
        QuestionForm form = settings.question().form(data.catalogue());
        Requests requests = new Requests(plan, RequestOrigin.of(plan, form, model), settings.passes());
        RunResult result;
        try (Progress progress = terminal.progress("asking " + model.model(), requests.size())) {
            result = new ScoringRun(requests, data.log(), form, model, settings.price(), settings.run())
                    .run(store, now -> progress.at(now.done(), detail(now)));
        }
        terminal.say(said(result.progress()));
        switch (result.end()) {
            case DONE -> {}
            case BUDGET -> terminal.say("stopped: " + result.message() + "; run again with a larger --budget to go on");
            case PROVIDER_DOWN, REFUSED ->
                throw new InvalidInputException(
                        model.provider() + " " + model.model(),
                        result.message() + "; what arrived is kept in " + store
                                + ": put it right and run again, only what is missing is asked");
        }
        try (StoreReader reader = StoreReader.open(store)) {
            return StoredScores.table(reader, settings.normalization());
        }
    }

    private static String detail(RunProgress progress) {
        String faults =
                progress.faults().values().stream().mapToLong(Long::longValue).sum() + " faults";
        return String.format(Locale.ROOT, "%.1f/s, spent %.4f, %s", progress.rate(), progress.spent(), faults)
                + (progress.providerDown() ? ", waiting: the provider seems to be down" : "");
    }

    private static String said(RunProgress progress) {
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

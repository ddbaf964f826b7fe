// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sllmr.cli.terminal.Progress;
import org.sllmr.cli.terminal.Terminal;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.run.BatchRun;
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A language model as the teacher of a dataset.
 *
 * @param terminal where progress goes
 * @param settings how it is asked
 * @param price what the provider charges for asking so
 * @param model the model
 * @param batches what asks it in batches; null where it is asked one request at a time
 */
record LanguageTeacher(
        Terminal terminal,
        LanguageSettings settings,
        TokenPrice price,
        LanguageModel model,
        @Nullable BatchTeacher batches) {
    /**
     * Asks what the store does not hold yet, and makes the table of what it holds then.
     *
     * @throws InvalidInputException if the provider refuses or does not come back; the store keeps what arrived
     */
    TeacherTableFile score(CandidatePlan plan, TrainingData data, Path store) throws IOException, InterruptedException {
        QuestionForm form = settings.question().form(data.catalogue());
        Requests requests = new Requests(plan.histories(data.log()), form, model, settings.passes());
        AskingResult result = batches == null
                ? atOnce(requests, store)
                : inBatches(requests, store, batches);
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

    private AskingResult atOnce(Requests requests, Path store)
            throws IOException, InterruptedException {
        if (OpenAiBatches.underWay(AnswerStore.batches(store))) {
            throw new InvalidInputException(
                    store.toString(), "has batches under way, which would be paid twice; add --batch to collect them");
        }
        try (Progress progress = terminal.progress("asking " + model.model(), requests.size())) {
            return new ScoringRun(requests, model, price, settings.run())
                    .run(store, now -> progress.at(now.done(), detail(now)));
        }
    }

    private AskingResult inBatches(
            Requests requests, Path store, BatchTeacher teacher)
            throws IOException, InterruptedException {
        terminal.say("asking in batches, which can take a day and go on when this command is stopped; start it again to"
                + " collect them");
        try (Progress progress = terminal.progress("asking " + model.model() + " in batches", requests.size())) {
            return new BatchRun(requests, model, teacher, price, settings.run())
                    .run(
                            store,
                            now -> progress.at(
                                    now.done(),
                                    String.format(
                                            Locale.ROOT, "%,d under way, spent %.4f", now.underWay(), now.spent())));
        }
    }

    private static String detail(AskingProgress progress) {
        String faults =
                progress.faults().values().stream().mapToLong(Long::longValue).sum() + " faults";
        return String.format(Locale.ROOT, "%.1f/s, spent %.4f, %s", progress.rate(), progress.spent(), faults)
                + (progress.providerDown() ? ", waiting: the provider seems to be down" : "");
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

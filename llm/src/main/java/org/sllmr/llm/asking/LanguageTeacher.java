// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.question.QuestionForm;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.request.ScoreRequests;
import org.sllmr.llm.request.TextRequests;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.Forecast;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.llm.store.StoredTexts;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.text.TextPlan;
import org.sllmr.teacher.text.TextTable;

/**
 * A language model as the teacher of a dataset: it asks about the candidates of a plan, keeps every answer in a store,
 * and returns the table of scores that training reads. It also writes texts about items, users and training samples.
 *
 * <p>The model sees the plan's histories, and no validation or test interactions. One plan is asked at a time.
 */
public final class LanguageTeacher implements AutoCloseable {
    private final Asking asking;

    private LanguageTeacher(Asking asking) {
        this.asking = asking;
    }

    /**
     * A teacher that is asked by single requests, several at once. Nothing is sent yet.
     *
     * @param key {@link ApiKey#NONE} for a forecast, or for a server that needs no key
     * @throws InvalidInputException if there is a budget and no price
     */
    public static LanguageTeacher open(LanguageSettings settings, ApiKey key) {
        settings.checkPrice();
        return new LanguageTeacher(new Asking(settings, OpenAiModel.open(settings.model(), key), Optional.empty()));
    }

    /**
     * A teacher that is asked by the provider's Batch API, at a lower price and within a day. Nothing is sent yet.
     *
     * @throws InvalidInputException if there is a budget and no price
     */
    public static LanguageTeacher openInBatches(LanguageSettings settings, ApiKey key) {
        settings.checkPrice();
        return new LanguageTeacher(new Asking(
                settings,
                OpenAiModel.open(settings.model(), key),
                Optional.of(OpenAiBatches.open(settings.model(), settings.batch(), key))));
    }

    /** The provider's model id. */
    public String model() {
        return asking.model().model();
    }

    /** Whether it is asked in batches. */
    public boolean inBatches() {
        return asking.batches().isPresent();
    }

    /** Number and cost of the requests for a plan, before anything is sent. */
    public Forecast forecast(CandidatePlan plan, TrainingData data) {
        return asking.forecast(requests(plan, data));
    }

    /** Number of requests for a plan. */
    public int requestsOf(CandidatePlan plan, TrainingData data) {
        return requests(plan, data).size();
    }

    /** Number and cost of the requests for texts, before anything is sent. */
    public Forecast forecast(TextPlan plan, TrainingData data) {
        return asking.forecast(requests(plan, data));
    }

    private Requests requests(CandidatePlan plan, TrainingData data) {
        LanguageSettings settings = asking.settings();
        QuestionForm form = settings.question().form(data.catalogue());
        return PlanRequests.of(
                settings,
                plan.histories(data.log()),
                form,
                ScoreRequests.origin(plan.origin(), plan.hash(), form, asking.model()),
                0);
    }

    private Requests requests(TextPlan plan, TrainingData data) {
        return new TextRequests(
                plan.histories(data), asking.settings().texts().form(plan.kind(), data.catalogue()), asking.model());
    }

    /**
     * The result of asking.
     *
     * @param result how it ended: {@link AskingEnd#DONE}, or {@link AskingEnd#BUDGET} with answers until the budget was
     *     spent
     * @param scores the table of all answers in the store
     */
    public record Asked(AskingResult result, TeacherTableFile scores) {}

    /**
     * Asks everything that has no answer in a store, and returns the table of all answers in the store.
     *
     * <p>It can be stopped at any time and called again: only missing answers are asked for.
     *
     * @param data the dataset that the plan was made for
     * @param store a folder for the answers, created if missing; one for each plan and model
     * @param listener receives the progress, and at the end the final state
     * @throws InvalidInputException if the store has answers to other questions, the provider refuses or stays down, or
     *     too few replies have scores ({@link org.sllmr.llm.run.AskingSettings.Answers}); the store keeps what was
     *     received
     * @throws IOException if answers cannot be stored
     * @throws InterruptedException if the thread was interrupted; the store keeps what was received
     */
    public Asked ask(CandidatePlan plan, TrainingData data, Path store, AskingListener listener)
            throws IOException, InterruptedException {
        AskingResult result = asking.run(requests(plan, data), store, listener);
        try (StoreReader reader = StoreReader.open(store)) {
            return new Asked(
                    result, StoredScores.table(reader, asking.settings().normalization()));
        }
    }

    /**
     * The result of asking for texts.
     *
     * @param result how it ended
     * @param texts the table of all texts in the store
     */
    public record AskedTexts(AskingResult result, TextTable texts) {}

    /**
     * Asks for every text that is not in a store, and returns the table of all texts in the store.
     *
     * <p>It can be stopped at any time and called again, as {@link #ask(CandidatePlan, TrainingData, Path,
     * AskingListener)}, and fails for the same reasons.
     *
     * @param data the dataset that the plan was made for
     * @param store a folder for the answers, created if missing; one for each plan and model
     */
    public AskedTexts ask(TextPlan plan, TrainingData data, Path store, AskingListener listener)
            throws IOException, InterruptedException {
        AskingResult result = asking.run(requests(plan, data), store, listener);
        try (StoreReader reader = StoreReader.open(store)) {
            return new AskedTexts(result, StoredTexts.table(reader));
        }
    }

    @Override
    public void close() {
        asking.close();
    }
}

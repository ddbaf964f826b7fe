// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.TrainingData;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.openai.ApiKey;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.openai.OpenAiModel;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.BatchRun;
import org.sllmr.llm.run.Forecast;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.StoreReader;
import org.sllmr.llm.store.StoredScores;
import org.sllmr.teacher.TeacherTableFile;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A language model as the teacher of a dataset: it asks about the candidates of a plan, keeps every answer in a store,
 * and returns the table of scores that training reads.
 *
 * <p>The model sees the plan's histories, and no validation or test interactions. One plan is asked at a time.
 */
public final class LanguageTeacher implements AutoCloseable {
    private final LanguageSettings settings;
    private final LanguageModel model;
    private final Optional<BatchTeacher> batches;

    private LanguageTeacher(LanguageSettings settings, LanguageModel model, Optional<BatchTeacher> batches) {
        this.settings = settings;
        this.model = model;
        this.batches = batches;
    }

    /**
     * A teacher that is asked by single requests, several at once. Nothing is sent yet.
     *
     * @param key {@link ApiKey#NONE} for a forecast, or for a server that needs no key
     * @throws InvalidInputException if there is a budget and no price
     */
    public static LanguageTeacher open(LanguageSettings settings, ApiKey key) {
        checkPrice(settings);
        return new LanguageTeacher(settings, OpenAiModel.open(settings.model(), key), Optional.empty());
    }

    /**
     * A teacher that is asked by the provider's Batch API, at a lower price and within a day. Nothing is sent yet.
     *
     * @throws InvalidInputException if there is a budget and no price
     */
    public static LanguageTeacher openInBatches(LanguageSettings settings, ApiKey key) {
        checkPrice(settings);
        return new LanguageTeacher(
                settings,
                OpenAiModel.open(settings.model(), key),
                Optional.of(OpenAiBatches.open(settings.model(), settings.batch(), key)));
    }

    private static void checkPrice(LanguageSettings settings) {
        if (settings.run().budget().isPresent() && settings.price().equals(TokenPrice.defaults())) {
            throw new InvalidInputException(
                    "run.budget",
                    "needs the provider's prices; set price.inputPerMillion and price.outputPerMillion, in the"
                            + " budget's currency");
        }
    }

    /** The provider's model id. */
    public String model() {
        return model.model();
    }

    /** Whether it is asked in batches. */
    public boolean inBatches() {
        return batches.isPresent();
    }

    /** Number and cost of the requests for a plan, before anything is sent. */
    public Forecast forecast(CandidatePlan plan, TrainingData data) {
        return Forecast.of(requests(plan, data), model, price());
    }

    /** Number of requests for a plan. */
    public int requestsOf(CandidatePlan plan, TrainingData data) {
        return requests(plan, data).size();
    }

    private Requests requests(CandidatePlan plan, TrainingData data) {
        return new Requests(
                plan.histories(data.log()), settings.question().form(data.catalogue()), model, settings.passes());
    }

    private TokenPrice price() {
        return batches.isPresent() ? settings.price().times(settings.batch().priceShare()) : settings.price();
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
        Requests requests = requests(plan, data);
        if (batches.isEmpty() && OpenAiBatches.underWay(AnswerStore.batches(store))) {
            throw new InvalidInputException(
                    store.toString(),
                    "has batches under way, which would be paid for twice; add --batch to collect them");
        }
        AskingResult result = batches.isPresent()
                ? new BatchRun(requests, model, batches.get(), price(), settings.run()).run(store, listener)
                : new ScoringRun(requests, model, price(), settings.run()).run(store, listener);
        check(result, store);
        try (StoreReader reader = StoreReader.open(store)) {
            return new Asked(result, StoredScores.table(reader, settings.normalization()));
        }
    }

    private void check(AskingResult result, Path store) {
        String kept = "; the answers so far are kept in " + store;
        switch (result.end()) {
            case PROVIDER_DOWN, REFUSED ->
                throw new InvalidInputException(
                        name(),
                        result.message() + kept + "; correct this and run again, only missing answers are asked for");
            case USELESS -> throw new InvalidInputException(name(), result.message() + kept);
            case DONE, BUDGET -> {}
        }
        double least = settings.run().answers().minAnswered();
        if (result.answeredShare() < least) {
            throw new InvalidInputException(
                    name(),
                    String.format(
                            Locale.ROOT,
                            "answered %.1f %% of the requests, at least %.1f %% are needed"
                                    + " (language.run.answers.minAnswered)%s%s; 'sllmr score export %s' writes the scores to a file,"
                                    + " and another run asks the rest again",
                            100 * result.answeredShare(),
                            100 * least,
                            failed(result),
                            kept,
                            store));
        }
    }

    private static String failed(AskingResult result) {
        return (result.sample().isEmpty() ? "" : ". A reply: " + result.sample())
                + (result.progress().lastFailure().isEmpty()
                        ? ""
                        : ". A failure: " + result.progress().lastFailure());
    }

    private String name() {
        return model.provider() + " " + model.model();
    }

    @Override
    public void close() {
        batches.ifPresent(BatchTeacher::close);
        model.close();
    }
}

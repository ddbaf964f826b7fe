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
 * A language model as the teacher of a dataset: words a plan's questions, asks them, keeps every answer in a store, and makes
 * the table of scores that training reads.
 *
 * <p>The model sees what the plan lets it see, and nothing of validation or test. One plan is asked at a time.
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
     * A teacher that is asked one request at a time, many at once; nothing is sent yet.
     *
     * @param key {@link ApiKey#NONE} for a server of one's own that wants none, and for a forecast
     * @throws InvalidInputException if there is a budget and no price
     */
    public static LanguageTeacher open(LanguageSettings settings, ApiKey key) {
        checkPrice(settings);
        return new LanguageTeacher(settings, OpenAiModel.open(settings.model(), key), Optional.empty());
    }

    /**
     * A teacher that is asked by the provider's Batch API, for a share of the price and within a day; nothing is sent yet.
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
                    "needs to know what the provider charges; set price.inputPerMillion and price.outputPerMillion, in the"
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

    /** What asking a plan takes, before anything is sent. */
    public Forecast forecast(CandidatePlan plan, TrainingData data) {
        return Forecast.of(requests(plan, data), model, price());
    }

    /** Number of requests that a plan becomes. */
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
     * What asking brought.
     *
     * @param result how it ended: {@link AskingEnd#DONE}, or {@link AskingEnd#BUDGET} with the answers that the money bought
     * @param scores the table of all answers in the store
     */
    public record Asked(AskingResult result, TeacherTableFile scores) {}

    /**
     * Asks what a store does not hold yet, and makes the table of what it holds then.
     *
     * <p>It can be stopped at any moment and called again: only what is missing is asked.
     *
     * @param data the dataset that the plan was made for
     * @param store a folder that keeps the answers, made if it is not there; one for each plan and model
     * @param listener told how far it is, and last how it ended, whatever the end
     * @throws InvalidInputException if the store is of other questions, the provider refuses or does not come back, or too few
     *     of the replies hold scores ({@link org.sllmr.llm.run.AskingSettings.Answers}); the store keeps what arrived
     * @throws IOException if answers cannot be stored
     * @throws InterruptedException if the thread was interrupted; what arrived is in the store
     */
    public Asked ask(CandidatePlan plan, TrainingData data, Path store, AskingListener listener)
            throws IOException, InterruptedException {
        Requests requests = requests(plan, data);
        if (batches.isEmpty() && OpenAiBatches.underWay(AnswerStore.batches(store))) {
            throw new InvalidInputException(
                    store.toString(), "has batches under way, which would be paid twice; add --batch to collect them");
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
        String kept = "; what arrived is kept in " + store;
        switch (result.end()) {
            case PROVIDER_DOWN, REFUSED ->
                throw new InvalidInputException(
                        name(),
                        result.message() + kept + ": put it right and run again, only what is missing is asked");
            case USELESS -> throw new InvalidInputException(name(), result.message() + kept);
            case DONE, BUDGET -> {}
        }
        double least = settings.run().answers().minAnswered();
        if (result.answeredShare() < least) {
            throw new InvalidInputException(
                    name(),
                    String.format(
                            Locale.ROOT,
                            "answered %.1f %% of what it was asked, at least %.1f %% are needed"
                                    + " (language.run.answers.minAnswered)%s%s; 'sllmr score export %s' makes a file of it,"
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

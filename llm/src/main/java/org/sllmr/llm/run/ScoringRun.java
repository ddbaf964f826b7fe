// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.AttemptStore;
import org.sllmr.llm.store.RunRecord;

/**
 * Sends all requests to a language model and stores the outcomes.
 *
 * <p>It can be stopped at any time, by an interrupt or the end of the process, and started again: received answers are
 * in the store and are not asked for again.
 */
public final class ScoringRun {
    private static final long PROGRESS_MILLIS = 250;

    private final Requests requests;
    private final LanguageModel model;
    private final TokenPrice price;
    private final AskingSettings settings;
    private final LongSupplier nanoTime;
    private final InstantSource clock;

    /**
     * A run with the system clocks.
     *
     * @param requests the requests
     * @param model the model of the requests' origin
     */
    public ScoringRun(Requests requests, LanguageModel model, TokenPrice price, AskingSettings settings) {
        this(requests, model, price, settings, System::nanoTime, InstantSource.system());
    }

    /** A run with other clocks: elapsed nanoseconds, and the time of day. */
    ScoringRun(
            Requests requests,
            LanguageModel model,
            TokenPrice price,
            AskingSettings settings,
            LongSupplier nanoTime,
            InstantSource clock) {
        this.requests = requests;
        this.model = model;
        this.price = price;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /**
     * Runs until everything is answered or the run must stop.
     *
     * @param folder the store, created if missing
     * @throws org.sllmr.configuration.InvalidInputException if the store cannot be used for these requests
     * @throws IOException if answers cannot be stored
     * @throws InterruptedException if the calling thread was interrupted; requests under way had a few seconds to be
     *     answered, and what was received is stored
     */
    public AskingResult run(Path folder, AskingListener listener) throws IOException, InterruptedException {
        RunRecord record = RunRecord.of(clock.instant(), requests, model.address(), price, settings.budget());
        try (AnswerStore store = AnswerStore.open(folder, requests::writePlan, record)) {
            return run(store, listener);
        }
    }

    /**
     * The same with a store that is open, and stays open.
     *
     * @throws IOException as {@link #run(Path, AskingListener)}
     * @throws InterruptedException as {@link #run(Path, AskingListener)}
     */
    public AskingResult run(AttemptStore store, AskingListener listener) throws IOException, InterruptedException {
        AnsweredRequests answered = AnsweredRequests.of(store, requests);
        Agenda agenda = new Agenda(
                requests.size(),
                answered.indices(),
                answered.waiting(requests),
                store.spentBefore(),
                settings,
                nanoTime);
        AskingLoop asking = new AskingLoop(requests, model, price, settings, store, agenda, nanoTime, clock);
        try (RequestThreads workers = new RequestThreads(settings.concurrency(), asking, agenda)) {
            while (!workers.done(PROGRESS_MILLIS)) {
                listener.progressed(agenda.progress());
            }
        } finally {
            store.adapted(model.adaptations());
            // After an interrupt too: requests under way were still answered and stored.
            listener.progressed(agenda.progress());
        }
        AskingResult result = agenda.result(asking.sample());
        asking.throwIfBroken();
        return result;
    }
}

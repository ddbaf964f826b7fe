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
import org.sllmr.llm.store.RunRecord;

/**
 * Sends all requests of a plan to a language model and keeps what comes back in a store.
 *
 * <p>It can be stopped at any moment, by an interrupt or by the end of the process, and started again: what had arrived is in
 * the store and is not asked again.
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
     * A run by the clocks of this machine.
     *
     * @param requests what is asked
     * @param model the model that the requests' origin names
     */
    public ScoringRun(Requests requests, LanguageModel model, TokenPrice price, AskingSettings settings) {
        this(requests, model, price, settings, System::nanoTime, InstantSource.system());
    }

    /** A run by other clocks: nanoseconds that pass, and the time of day. */
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
     * Runs until everything is answered or it has to stop.
     *
     * @param folder the store, made if it is not there
     * @throws org.sllmr.configuration.InvalidInputException if the store cannot be used for these requests
     * @throws IOException if answers cannot be stored
     * @throws InterruptedException if the calling thread was interrupted; requests under way were given a few seconds to be
     *     answered, and what arrived is stored
     */
    public AskingResult run(Path folder, AskingListener listener) throws IOException, InterruptedException {
        RunRecord record = RunRecord.of(clock.instant(), requests, model.address(), price, settings.budget());
        try (AnswerStore store = AnswerStore.open(folder, requests.plan(), record)) {
            Agenda agenda = new Agenda(
                    requests.size(), AnsweredBefore.of(store, requests), store.spentBefore(), settings, nanoTime);
            Asking asking = new Asking(requests, model, price, settings, store, agenda, nanoTime, clock);
            try (Workers workers = new Workers(settings.concurrency(), asking, agenda)) {
                while (!workers.done(PROGRESS_MILLIS)) {
                    listener.progressed(agenda.progress());
                }
            } finally {
                store.adapted(model.adaptations());
            }
            AskingResult result = agenda.result(asking.sample());
            listener.progressed(result.progress());
            asking.throwIfBroken();
            return result;
        }
    }
}

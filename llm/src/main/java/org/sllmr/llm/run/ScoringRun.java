// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.sllmr.data.InteractionLog;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.question.QuestionForm;
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
    private final InteractionLog log;
    private final QuestionForm form;
    private final LanguageModel model;
    private final TokenPrice price;
    private final RunSettings settings;
    private final LongSupplier nanoTime;
    private final InstantSource clock;

    /**
     * A run by the clocks of this machine.
     *
     * @param requests what is asked
     * @param log training interactions of the plan's users; the last ones that the plan does not hold out are the history
     *     that is shown
     * @param form the wording that the requests' origin names
     * @param model the model that the requests' origin names
     */
    public ScoringRun(
            Requests requests,
            InteractionLog log,
            QuestionForm form,
            LanguageModel model,
            TokenPrice price,
            RunSettings settings) {
        this(requests, log, form, model, price, settings, System::nanoTime, InstantSource.system());
    }

    /** A run by other clocks: nanoseconds that pass, and the time of day. */
    ScoringRun(
            Requests requests,
            InteractionLog log,
            QuestionForm form,
            LanguageModel model,
            TokenPrice price,
            RunSettings settings,
            LongSupplier nanoTime,
            InstantSource clock) {
        if (requests.plan().users() != log.users()) {
            throw new IllegalArgumentException(
                    "the plan has " + requests.plan().users() + " users, the log " + log.users());
        }
        this.requests = requests;
        this.log = requests.plan().histories(log);
        this.form = form;
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
    public RunResult run(Path folder, RunListener listener) throws IOException, InterruptedException {
        RunRecord record = RunRecord.of(clock.instant(), requests, model.address(), price, settings.budget());
        try (AnswerStore store = AnswerStore.open(folder, requests.plan(), record)) {
            Agenda agenda = new Agenda(
                    requests.size(), Answered.before(store, requests), store.spentBefore(), settings, nanoTime);
            Asking asking = new Asking(requests, log, form, model, price, settings, store, agenda, nanoTime, clock);
            try (Workers workers = new Workers(settings.concurrency(), asking, agenda)) {
                while (!workers.done(PROGRESS_MILLIS)) {
                    listener.progressed(agenda.progress());
                }
            }
            RunResult result = agenda.result();
            listener.progressed(result.progress());
            asking.throwIfBroken();
            return result;
        }
    }
}

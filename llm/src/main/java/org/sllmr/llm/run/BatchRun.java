// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.sllmr.data.Seed;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchListener;
import org.sllmr.llm.batch.BatchRequest;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.store.AnswerStore;
import org.sllmr.llm.store.RunRecord;

/**
 * Asks all requests of a plan in batches and stores the outcomes, in the same kind of store as {@link ScoringRun}.
 *
 * <p>It works in rounds: each asks everything that is missing, within the budget; failed requests are asked again in
 * the next round. It can be stopped at any time and started again: batches under way continue, and are collected before
 * anything new is asked.
 */
public final class BatchRun {
    private final Requests requests;
    private final LanguageModel model;
    private final BatchTeacher teacher;
    private final TokenPrice price;
    private final AskingSettings settings;
    private final InstantSource clock;

    /**
     * A run with the system clock.
     *
     * @param requests the requests
     * @param model the model of the requests' origin; only used to count tokens
     * @param teacher asks that model in batches
     * @param price the provider's price of batches
     * @param settings budget and retries; the other limits do not apply to batches
     */
    public BatchRun(
            Requests requests, LanguageModel model, BatchTeacher teacher, TokenPrice price, AskingSettings settings) {
        this.requests = requests;
        this.model = model;
        this.teacher = teacher;
        this.price = price;
        this.settings = settings;
        this.clock = InstantSource.system();
    }

    /**
     * Runs until everything is answered or the run must stop.
     *
     * @param folder the store, created if missing
     * @throws org.sllmr.configuration.InvalidInputException if the store cannot be used for these requests
     * @throws IOException if answers cannot be stored
     * @throws InterruptedException if the calling thread was interrupted; batches under way continue
     */
    public AskingResult run(Path folder, AskingListener listener) throws IOException, InterruptedException {
        RunRecord record = RunRecord.of(clock.instant(), requests, model.address(), price, settings.budget());
        try (AnswerStore store = AnswerStore.open(folder, requests::writePlan, record)) {
            BatchRounds asking = new BatchRounds(
                    requests, model, price, settings, store, clock, AnsweredRequests.of(store, requests));
            BatchListener looks = (open, done, total) -> listener.progressed(asking.progress((int) (total - done)));
            try {
                AskingResult result = rounds(asking, AnswerStore.batches(folder), looks);
                listener.progressed(result.progress());
                return result;
            } finally {
                store.adapted(teacher.adaptations());
            }
        }
    }

    private AskingResult rounds(BatchRounds asking, Path batches, BatchListener looks)
            throws IOException, InterruptedException {
        Backoff backoff = new Backoff(
                new Seed(requests.seed()).child("backoff"),
                1e9 * settings.retries().firstWaitSeconds(),
                1e9 * settings.retries().maxWaitSeconds());
        try {
            // Batches under way are collected first, because they decide what is left of the budget.
            teacher.ask(List.of(), batches, looks, asking);
            int failing = 0;
            List<BatchRequest> round = asking.next();
            for (int number = 0; !round.isEmpty(); number++) {
                teacher.ask(round, batches, looks, asking);
                failing = asking.failedInRound() ? failing + 1 : 0;
                round = asking.next();
                if (failing > 0 && !round.isEmpty()) {
                    Thread.sleep((long) (backoff.nanos(number, failing, 0) / 1e6));
                }
            }
            return asking.result();
        } catch (ProviderException e) {
            AskingEnd end = e.kind().passing() ? AskingEnd.PROVIDER_DOWN : AskingEnd.REFUSED;
            return asking.ended(end, String.valueOf(e.getMessage()));
        }
    }
}

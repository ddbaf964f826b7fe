// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.asking;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.TokenPrice;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.openai.OpenAiBatches;
import org.sllmr.llm.request.Requests;
import org.sllmr.llm.run.AskingListener;
import org.sllmr.llm.run.AskingResult;
import org.sllmr.llm.run.BatchRun;
import org.sllmr.llm.run.Forecast;
import org.sllmr.llm.run.ScoringRun;
import org.sllmr.llm.store.AnswerStore;

/**
 * Asks a model whatever requests there are, one by one or in batches.
 *
 * @param settings limits, retries, budget and prices
 * @param model the model
 * @param batches asks that model in batches, if wanted
 */
record Asking(LanguageSettings settings, LanguageModel model, Optional<BatchTeacher> batches) implements AutoCloseable {
    private TokenPrice price() {
        return batches.isPresent() ? settings.price().times(settings.batch().priceShare()) : settings.price();
    }

    Forecast forecast(Requests requests) {
        return Forecast.of(requests, model, price());
    }

    /**
     * Asks everything that has no answer in a store.
     *
     * @throws InvalidInputException if the run cannot begin, or its end counts as a failure; the store keeps what was
     *     received
     */
    AskingResult run(Requests requests, Path store, AskingListener listener) throws IOException, InterruptedException {
        if (batches.isEmpty() && OpenAiBatches.underWay(AnswerStore.batches(store))) {
            throw new InvalidInputException(
                    store.toString(),
                    "has batches under way, which would be paid for twice; add --batch to collect them");
        }
        AskingResult result = batches.isPresent()
                ? new BatchRun(requests, model, batches.get(), price(), settings.run()).run(store, listener)
                : new ScoringRun(requests, model, price(), settings.run()).run(store, listener);
        AskingOutcome.check(result, requests, settings.run().answers().minAnswered(), store.toString());
        return result;
    }

    @Override
    public void close() {
        batches.ifPresent(BatchTeacher::close);
        model.close();
    }
}

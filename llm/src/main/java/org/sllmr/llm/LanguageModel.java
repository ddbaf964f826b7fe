// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.time.Duration;
import java.util.Map;

/**
 * A language model that answers one prompt at a time.
 *
 * <p>Implementations are safe for use by many threads at once. They send each prompt exactly once: retries, limits and
 * the budget belong to the run that asks, so that all of them are counted in one place. The exception is a request whose form
 * the server refuses, which costs nothing: it is sent again in another form, and the form that was taken is kept.
 */
public interface LanguageModel extends AutoCloseable {
    /** Who runs it, such as {@code openai}; for results. */
    String provider();

    /** The provider's model id. */
    String model();

    /**
     * What else decides its replies, such as the temperature: setting name to value, in a fixed order. Never a key, nor a
     * place: a model that moved is the same model.
     */
    Map<String, String> settings();

    /** Where it is reached, such as a URL without a key; for results, and no part of what the model is. */
    String address();

    /**
     * What the server refused and how it is asked instead, learned so far: setting name to value, such as
     * {@code responseFormat} to {@code json-object}; for results.
     */
    default Map<String, String> adaptations() {
        return Map.of();
    }

    /** Tokens of a text by the model's own tokenizer where the implementation has it, else an estimate. */
    TokenCount tokens(String text);

    /**
     * Asks once.
     *
     * @param timeout after which the call is given up
     * @throws ProviderException if no usable reply came
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException;

    @Override
    void close();

    /**
     * A number of tokens.
     *
     * @param tokens 0 or more
     * @param exact whether the model's own tokenizer counted them
     */
    record TokenCount(int tokens, boolean exact) {}
}

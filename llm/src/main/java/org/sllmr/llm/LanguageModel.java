// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.time.Duration;
import java.util.Map;

/**
 * A language model that answers one prompt at a time.
 *
 * <p>Implementations are thread-safe. They send each prompt exactly once: retries, limits and the budget are handled by
 * the run, so that everything is counted in one place. The exception is a request that the server refuses for its form,
 * which costs nothing: it is sent again in another form, and the accepted form is kept.
 */
public interface LanguageModel extends AutoCloseable {
    /** Its provider in results, such as {@code openai}. */
    String provider();

    /** The provider's model id. */
    String model();

    /**
     * All other settings that affect its replies, such as the temperature, as name to value in a fixed order. Without
     * keys and addresses: a model at another address is the same model.
     */
    Map<String, String> settings();

    /** Its address in results, such as a URL without a key; not part of the model's identity. */
    String address();

    /**
     * Adaptations to what the server refused so far, as setting name to value, such as {@code responseFormat} to {@code
     * json-object}; for results.
     */
    default Map<String, String> adaptations() {
        return Map.of();
    }

    /** Number of tokens of a text by the model's own tokenizer if the implementation has it, otherwise an estimate. */
    TokenCount tokens(String text);

    /**
     * Sends a prompt once.
     *
     * @param timeout maximum time for the call
     * @throws ProviderException if no usable reply was received
     * @throws InterruptedException if the thread is interrupted while waiting
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

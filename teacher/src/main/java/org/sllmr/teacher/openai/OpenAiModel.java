// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.sllmr.teacher.language.LanguageModel;
import org.sllmr.teacher.language.Prompt;
import org.sllmr.teacher.language.ProviderException;
import org.sllmr.teacher.language.Reply;

/** A model behind OpenAI's chat completions, or behind any server that answers them, such as vLLM or Ollama. */
public final class OpenAiModel implements LanguageModel {
    /** Far more than the longest reply that can be of use. */
    private static final int MOST_BYTES = 16 << 20;

    private final OpenAiSettings settings;
    private final OpenAIClient client;
    private final Failures failures;
    private final ChatExchange exchange;
    private final TokenCounter counter;

    private OpenAiModel(OpenAiSettings settings, ApiKey key) {
        this.settings = settings;
        this.client = Connection.open(settings, key, MOST_BYTES);
        this.failures = new Failures(key, Clock.systemUTC());
        this.exchange = new ChatExchange(settings, failures);
        this.counter = TokenCounter.of(settings);
    }

    /** A model that is asked with a key; nothing is sent yet. */
    public static OpenAiModel open(OpenAiSettings settings, ApiKey key) {
        return new OpenAiModel(settings, key);
    }

    @Override
    public String provider() {
        return settings.isOpenAi() ? "openai" : "openai-compatible";
    }

    @Override
    public String model() {
        return settings.model();
    }

    @Override
    public Map<String, String> settings() {
        return settings.values();
    }

    @Override
    public TokenCount tokens(String text) {
        return counter.count(text);
    }

    @Override
    public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
        RequestOptions options = RequestOptions.builder().timeout(timeout).build();
        ChatCompletionCreateParams request = exchange.request(prompt);
        try {
            return exchange.reply(client.chat().completions().create(request, options));
        } catch (OpenAIException failure) {
            throw failures.of(failure);
        } catch (RuntimeException failure) {
            throw failures.unexpected(failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return provider() + " " + model();
    }
}

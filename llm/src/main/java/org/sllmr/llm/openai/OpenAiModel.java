// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.sllmr.llm.LanguageModel;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** A model behind OpenAI's chat completions API, at OpenAI or any other server, such as vLLM or Ollama. */
public final class OpenAiModel implements LanguageModel {
    /** Far more than any usable reply. */
    private static final int MAX_BYTES = 16 << 20;

    private final OpenAiSettings settings;
    private final OpenAIClient client;
    private final Failures failures;
    private final ChatExchange exchange;
    private final DialectLearner learner;
    private final TokenCounter counter;
    private final ChatCompletionService.WithRawResponse completions;
    private volatile Timed timed = Timed.of(Duration.ofMinutes(1));

    private OpenAiModel(OpenAiSettings settings, ApiKey key, Proxies proxies) {
        this.settings = settings;
        this.client = Connection.open(settings, key, MAX_BYTES, proxies);
        this.failures = new Failures(key, Clock.systemUTC(), settings.baseUrl(), proxies);
        this.learner = new DialectLearner(settings);
        this.exchange = new ChatExchange(settings, failures);
        this.counter = TokenCounter.of(settings);
        this.completions = client.chat().completions().withRawResponse();
    }

    /**
     * A model that is asked with a key, through the proxy of the environment. Nothing is sent yet.
     *
     * @throws org.sllmr.configuration.InvalidInputException if the environment names an unusable proxy
     */
    public static OpenAiModel open(OpenAiSettings settings, ApiKey key) {
        return open(settings, key, System.getenv());
    }

    static OpenAiModel open(OpenAiSettings settings, ApiKey key, Map<String, String> environment) {
        return new OpenAiModel(settings, key, Proxies.of(environment));
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
    public String address() {
        return settings.baseUrl();
    }

    @Override
    public TokenCount tokens(String text) {
        return counter.count(text);
    }

    @Override
    public Map<String, String> adaptations() {
        return learner.adaptations();
    }

    @Override
    public Reply reply(Prompt prompt, Duration timeout) throws ProviderException, InterruptedException {
        Dialect dialect = learner.known();
        Set<Dialect> tried = new HashSet<>();
        while (true) {
            tried.add(dialect);
            try {
                Reply reply = send(prompt, dialect, timeout);
                if (tried.size() > 1) {
                    learner.learn(dialect);
                }
                return reply;
            } catch (ProviderException failure) {
                dialect = learner.after(failure, dialect, tried).orElseThrow(() -> failure);
            }
        }
    }

    private Reply send(Prompt prompt, Dialect dialect, Duration timeout)
            throws ProviderException, InterruptedException {
        ChatCompletionCreateParams request = exchange.request(prompt, dialect);
        try (HttpResponse response = completions.create(request, options(timeout))) {
            return exchange.reply(response.body());
        } catch (IOException failure) {
            throw failures.malformed("the response cannot be read: " + failure.getMessage());
        } catch (OpenAIException failure) {
            throw failures.of(failure);
        } catch (RuntimeException failure) {
            throw failures.unexpected(failure);
        }
    }

    private RequestOptions options(Duration timeout) {
        Timed last = timed;
        if (!last.timeout().equals(timeout)) {
            last = Timed.of(timeout);
            timed = last;
        }
        return last.options();
    }

    /** The last options, reused because a run has one timeout. */
    private record Timed(Duration timeout, RequestOptions options) {
        static Timed of(Duration timeout) {
            return new Timed(timeout, RequestOptions.builder().timeout(timeout).build());
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

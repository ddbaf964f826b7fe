// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * Which model is asked, where, and how it draws its replies.
 *
 * @param model the provider's model id, such as {@code gpt-4o-mini}
 * @param baseUrl where the API is, up to and with its version, such as {@code http://localhost:8000/v1} for a server of
 *     one's own
 * @param temperature of the model's sampling, 0 to 2; empty leaves it to the provider, which models that reason need
 * @param seed that the provider is asked to sample with, where it can; empty for none
 * @param reasoningEffort such as {@code low}, for models that reason; empty says nothing of it
 * @param responseFormat how the server is told that the answer is JSON; empty tries the schema, then any object, then nothing,
 *     as the server's refusals teach
 * @param tokenLimit what the server calls the most tokens of a reply; empty takes the usual name, and the other one where
 *     the server refuses it
 */
public record OpenAiSettings(
        String model,
        String baseUrl,
        Optional<Double> temperature,
        Optional<Long> seed,
        Optional<String> reasoningEffort,
        Optional<ResponseFormat> responseFormat,
        Optional<TokenLimit> tokenLimit) {
    /** Where OpenAI's own API is. */
    public static final String OPENAI_URL = "https://api.openai.com/v1";

    /** Checks the ranges. */
    public OpenAiSettings {
        new Checks()
                .require(!model.isBlank(), "model", "is empty, needed is the provider's model id")
                .require(
                        isHttp(baseUrl),
                        "baseUrl",
                        "is '" + withoutSecrets(baseUrl)
                                + "', allowed is http://HOST[:PORT][/PATH] or https://...; a key"
                                + " does not belong there: put it into the environment variable or the file of the key")
                .between("temperature", temperature.orElse(0.0), 0, 2)
                .done();
    }

    /** The paper's model, its likeliest reply. */
    public static OpenAiSettings defaults() {
        return of("gpt-4o-mini", OPENAI_URL);
    }

    /** A model that is asked for its likeliest reply, at a server that is asked as it teaches. */
    public static OpenAiSettings of(String model, String baseUrl) {
        return new OpenAiSettings(
                model,
                baseUrl,
                Optional.of(0.0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether OpenAI itself is asked, and no server that speaks its API. */
    boolean isOpenAi() {
        String host = URI.create(baseUrl).getHost();
        return host.equals("openai.com") || host.endsWith(".openai.com");
    }

    /** What decides the replies besides the model; where it is reached does not. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        temperature.ifPresent(value -> values.put("temperature", value.toString()));
        seed.ifPresent(value -> values.put("seed", value.toString()));
        reasoningEffort.ifPresent(value -> values.put("reasoningEffort", value));
        return values;
    }

    /** Whatever a URL may hold a key in is not shown. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("//.*@", "//[hidden]@").replaceFirst("[?#].*", "?[hidden]");
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sllmr.configuration.Checks;

/**
 * The model, its address, and its sampling.
 *
 * @param model the provider's model id, such as {@code gpt-4o-mini}
 * @param baseUrl address of the API, including its version, such as {@code http://localhost:8000/v1} for your own
 *     server
 * @param temperature of the model's sampling, 0 to 2; empty for the provider's default, which reasoning models require
 * @param seed seed of the provider's sampling, if it supports one; empty for none
 * @param reasoningEffort such as {@code low}, for reasoning models; empty for the provider's default
 * @param responseFormat how JSON is requested; empty tries the schema, then any object, then nothing, until the server
 *     accepts it
 * @param tokenLimit name of the field that limits the tokens of a reply; empty for the usual name, and the other one if
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
    /** Address of OpenAI's API. */
    public static final String OPENAI_URL = "https://api.openai.com/v1";

    /** Checks the ranges. */
    public OpenAiSettings {
        new Checks()
                .require(!model.isBlank(), "model", "is empty; it must be the provider's model id")
                .require(
                        isHttp(baseUrl),
                        "baseUrl",
                        "is '" + withoutSecrets(baseUrl)
                                + "', allowed is http://HOST[:PORT][/PATH] or https://...; a key"
                                + " does not belong there: put it into the key's environment variable or file")
                .between("temperature", temperature.orElse(0.0), 0, 2)
                .done();
    }

    /** The paper's model, with temperature 0. */
    public static OpenAiSettings defaults() {
        return of("gpt-4o-mini", OPENAI_URL);
    }

    /** A model with temperature 0, at a server whose dialect is learned. */
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

    /** Whether this is OpenAI itself, not another server with its API. */
    boolean isOpenAi() {
        String host = URI.create(baseUrl).getHost();
        return host.equals("openai.com") || host.endsWith(".openai.com");
    }

    /** The settings that affect replies, except the model; the address does not. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        temperature.ifPresent(value -> values.put("temperature", value.toString()));
        seed.ifPresent(value -> values.put("seed", value.toString()));
        reasoningEffort.ifPresent(value -> values.put("reasoningEffort", value));
        return values;
    }

    /** The URL without the parts that may contain a key. */
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

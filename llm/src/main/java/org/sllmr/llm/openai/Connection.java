// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;

/** Opens the provider's client without its own retries, logs and telemetry. */
final class Connection {
    /** The client requires a key; the transport sends the real one, or none. */
    private static final String PLACEHOLDER = "unused";

    private Connection() {}

    static OpenAIClient open(OpenAiSettings settings, ApiKey key, int maxBytes, Proxies proxies) {
        return new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(new JdkTransport(key, maxBytes, proxies))
                .baseUrl(settings.baseUrl())
                .apiKey(PLACEHOLDER)
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .disableTelemetry(true)
                .build());
    }
}

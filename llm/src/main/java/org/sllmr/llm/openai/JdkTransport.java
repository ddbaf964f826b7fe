// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIIoException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests with the JDK's client.
 *
 * <p>The deadline covers the whole exchange, even a body that stops in the middle, and a waiting thread can be
 * interrupted. Redirects are not followed, so the key is only sent to the configured address. Headers that describe
 * this machine are not sent.
 */
final class JdkTransport implements HttpClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> OWN_HEADERS = Set.of("authorization", "content-length", "content-type", "host");
    private static final String TELEMETRY = "x-stainless-";

    private final java.net.http.HttpClient client;
    private final ApiKey key;
    private final int maxBytes;
    private final Proxies proxies;

    /**
     * A transport.
     *
     * @param maxBytes maximum length of a response body; a longer one counts as a broken connection
     */
    JdkTransport(ApiKey key, int maxBytes, Proxies proxies) {
        this.key = key;
        this.maxBytes = maxBytes;
        this.proxies = proxies;
        proxies.allowLoginToTunnels();
        this.client = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .proxy(proxies)
                .build();
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        Duration deadline = options.getTimeout() == null
                ? Timeout.builder().build().request()
                : options.getTimeout().request();
        CompletableFuture<java.net.http.HttpResponse<byte[]>> exchange = send(request);
        try {
            return Received.of(exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            throw new OpenAIIoException(
                    "timeout", new HttpTimeoutException("no answer within " + deadline.toMillis() + " ms"));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new OpenAIIoException("the exchange failed", cause == null ? failed : cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OpenAIIoException("interrupted", interrupted);
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return send(request).thenApply(Received::of);
    }

    private CompletableFuture<java.net.http.HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(translate(request), information -> new BoundedBody(maxBytes));
    }

    private java.net.http.HttpRequest translate(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        for (String name : request.headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OWN_HEADERS.contains(lower) && !lower.startsWith(TELEMETRY)) {
                for (String value : request.headers().values(name)) {
                    builder.header(name, value);
                }
            }
        }
        if (key.isPresent()) {
            builder.header("Authorization", "Bearer " + key.secret());
        }
        proxies.authorization(URI.create(request.url()))
                .ifPresent(secret -> builder.header("Proxy-Authorization", secret));
        HttpRequestBody body = request.body();
        if (body != null && body.contentType() != null) {
            builder.header("Content-Type", body.contentType());
        }
        return builder.method(request.method().name(), publisher(body)).build();
    }

    private static BodyPublisher publisher(@Nullable HttpRequestBody body) {
        if (body == null) {
            return BodyPublishers.noBody();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        return BodyPublishers.ofByteArray(bytes.toByteArray());
    }

    @Override
    public void close() {
        // The JDK's client of Java 17 cannot be closed; it ends when it is garbage collected.
    }

    private record Received(int statusCode, Headers headers, byte[] bytes) implements HttpResponse {
        static Received of(java.net.http.HttpResponse<byte[]> response) {
            Headers.Builder headers = Headers.builder();
            response.headers().map().forEach((name, values) -> headers.put(name, values));
            // A tunnel that a proxy refuses has no body at all.
            byte[] body = Objects.requireNonNullElse(response.body(), new byte[0]);
            int status = response.statusCode();
            return new Received(status, headers.build(), status >= 400 ? ErrorBody.asObject(body) : body);
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            // Nothing to close: the body has been read.
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/** Says of everything that can go wrong with a call what kind it is, without the key. */
final class Failures {
    /** What OpenAI calls an account whose money or monthly limit is spent; waiting does not help. */
    private static final Set<String> NO_CREDIT =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

    private static final int LONGEST_MESSAGE = 500;

    private final ApiKey key;
    private final Clock clock;

    Failures(ApiKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * What a failed call means.
     *
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    ProviderException of(OpenAIException failure) throws InterruptedException {
        if (failure instanceof OpenAIServiceException refused) {
            JsonNode error = error(refused);
            Kind kind = kind(refused.statusCode(), text(error, "code"), text(error, "type"));
            return failed(
                    kind,
                    "HTTP " + refused.statusCode() + ": " + refused.getMessage(),
                    RetryAfter.of(refused.headers(), clock.instant()));
        }
        if (failure instanceof OpenAIIoException) {
            return io(failure.getCause());
        }
        return failed(Kind.MALFORMED, "the response cannot be read: " + innermost(failure), Optional.empty());
    }

    /** The provider's words; its client fails on those that are null, which they often are. */
    private static JsonNode error(OpenAIServiceException refused) {
        try {
            JsonNode body = refused.body().convert(JsonNode.class);
            return body == null ? MissingNode.getInstance() : body.has("error") ? body.path("error") : body;
        } catch (OpenAIException | IllegalArgumentException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static String text(JsonNode error, String field) {
        return error.path(field).asText("");
    }

    private ProviderException io(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        Kind kind = cause instanceof HttpTimeoutException ? Kind.TIMEOUT : Kind.CONNECTION;
        return failed(kind, innermost(cause), Optional.empty());
    }

    /** What else the provider's client throws, at what it did not expect. */
    ProviderException unexpected(RuntimeException failure) {
        return malformed("the response cannot be read: " + innermost(failure));
    }

    /** A reply without what every reply has. */
    ProviderException malformed(String what) {
        return failed(Kind.MALFORMED, what, Optional.empty());
    }

    /** A request that was answered with an error status, as one line of a batch tells it. */
    ProviderException status(int status, String code, String type, String message) {
        return failed(kind(status, code, type), "HTTP " + status + ": " + message, Optional.empty());
    }

    /** The causes are not kept: what a proxy repeats in them would reach logs with the key in it. */
    ProviderException failed(Kind kind, String message, Optional<Duration> retryAfter) {
        String shown = key.hideIn(message);
        shown = shown.length() <= LONGEST_MESSAGE ? shown : shown.substring(0, LONGEST_MESSAGE) + "...";
        return new ProviderException(kind, shown, retryAfter, new IOException(shown));
    }

    private static Kind kind(int status, String code, String type) {
        if (status == 402 || NO_CREDIT.contains(code) || NO_CREDIT.contains(type)) {
            return Kind.NO_CREDIT;
        }
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 408 -> Kind.TIMEOUT;
            case 429 -> Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.SERVER : status >= 300 ? Kind.REJECTED : Kind.MALFORMED;
        };
    }

    private static String innermost(@Nullable Throwable failure) {
        if (failure == null) {
            return "no reason given";
        }
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }
}

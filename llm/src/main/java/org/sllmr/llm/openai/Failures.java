// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/** Turns all failures of calls into provider exceptions, without the key. */
final class Failures {
    /** OpenAI's codes for an account without credit or over its monthly limit; waiting does not help. */
    private static final Set<String> NO_CREDIT =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "billing_not_active");

    private static final int MAX_MESSAGE = 500;
    /** The status with which a proxy asks for a password. */
    private static final int PROXY_LOGIN = 407;

    private final ApiKey key;
    private final Clock clock;
    private final URI address;
    private final Proxies proxies;

    Failures(ApiKey key, Clock clock, String address, Proxies proxies) {
        this.key = key;
        this.clock = clock;
        this.address = URI.create(address);
        this.proxies = proxies;
    }

    /**
     * The exception for a failed call.
     *
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    ProviderException of(OpenAIException failure) throws InterruptedException {
        if (failure instanceof OpenAIServiceException refused && refused.statusCode() == PROXY_LOGIN) {
            return failed(
                    Kind.UNAUTHORIZED,
                    address + " cannot be reached" + proxies.shown(address)
                            + ": the proxy needs a user and a password, or refuses those given (HTTP 407); name it as"
                            + " http://USER:PASSWORD@HOST:PORT",
                    Optional.empty());
        }
        if (failure instanceof OpenAIServiceException refused) {
            JsonNode body = body(refused);
            Optional<ProviderError> error = ProviderError.of(body);
            Kind kind = kind(
                    refused.statusCode(),
                    error.map(ProviderError::code).orElse(""),
                    error.map(ProviderError::type).orElse(""));
            return failed(
                    kind,
                    "HTTP " + refused.statusCode() + " from " + address + ": "
                            + error.map(ProviderError::shown)
                                    .filter(words -> !words.isBlank())
                                    .orElseGet(() -> body.isEmpty() ? clientWords(refused) : body.toString()),
                    RetryAfter.of(refused.headers(), clock.instant()));
        }
        if (failure instanceof OpenAIIoException) {
            return io(failure.getCause());
        }
        return failed(Kind.MALFORMED, "the response cannot be read: " + innermost(failure), Optional.empty());
    }

    /** What the provider's client found in a body that it fails on. */
    private static String clientWords(OpenAIServiceException refused) {
        String words = String.valueOf(refused.getMessage());
        return words.equals(refused.statusCode() + ": Unknown") ? "no reason given" : words;
    }

    /** The body; the provider's client fails on some bodies. */
    private static JsonNode body(OpenAIServiceException refused) {
        try {
            JsonNode body = refused.body().convert(JsonNode.class);
            return body == null ? MissingNode.getInstance() : body;
        } catch (OpenAIException | IllegalArgumentException noJson) {
            return MissingNode.getInstance();
        }
    }

    /**
     * The exception for an error with a success status, as gateways send it: its code decides the kind, its usage the
     * cost.
     */
    ProviderException inSuccess(ProviderError error, Optional<ProviderException.Usage> usage) {
        Kind kind = error.status() > 0 ? kind(error.status(), error.code(), error.type()) : kind(error);
        String code = error.code().isEmpty() ? "" : " " + error.code();
        return failed(
                kind,
                "HTTP 200 with error" + code + " from " + address + ": " + error.shown(),
                Optional.empty(),
                usage);
    }

    private static Kind kind(ProviderError error) {
        if (NO_CREDIT.contains(error.code()) || NO_CREDIT.contains(error.type())) {
            return Kind.NO_CREDIT;
        }
        String name = (error.code() + " " + error.type()).toLowerCase(Locale.ROOT);
        if (name.contains("rate") || name.contains("too_many")) {
            return Kind.RATE_LIMITED;
        } else if (name.contains("auth") || name.contains("api_key") || name.contains("permission")) {
            return Kind.UNAUTHORIZED;
        }
        boolean refused = name.contains("invalid")
                || name.contains("not_found")
                || name.contains("notfound")
                || name.contains("unsupported")
                || name.contains("badrequest")
                || name.contains("bad_request");
        return refused ? Kind.REJECTED : Kind.SERVER;
    }

    private ProviderException io(@Nullable Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        Optional<String> unreachable = Unreachable.reason(cause, address);
        if (unreachable.isPresent()) {
            return failed(
                    Kind.UNREACHABLE,
                    address + " cannot be reached" + proxies.shown(address) + ": " + unreachable.get(),
                    Optional.empty());
        }
        Kind kind = cause instanceof HttpTimeoutException ? Kind.TIMEOUT : Kind.CONNECTION;
        String what = kind == Kind.TIMEOUT ? "" : "the connection broke: ";
        return failed(kind, address + ": " + what + innermost(cause), Optional.empty());
    }

    /** The exception for other failures of the provider's client. */
    ProviderException unexpected(RuntimeException failure) {
        return malformed("the response cannot be read: " + innermost(failure));
    }

    /** The exception for a reply without required fields. */
    ProviderException malformed(String what) {
        return failed(Kind.MALFORMED, what, Optional.empty());
    }

    /** The exception for an error status in a line of a batch. */
    ProviderException status(int status, ProviderError error) {
        return failed(
                kind(status, error.code(), error.type()), "HTTP " + status + ": " + error.shown(), Optional.empty());
    }

    ProviderException failed(Kind kind, String message, Optional<Duration> retryAfter) {
        return failed(kind, message, retryAfter, Optional.empty());
    }

    /** Causes are dropped: a proxy may repeat the key in them, which would then be logged. */
    private ProviderException failed(
            Kind kind, String message, Optional<Duration> retryAfter, Optional<ProviderException.Usage> usage) {
        // Control characters are removed too.
        String shown = key.hideIn(message).replaceAll("[\\p{C}\\s]+", " ").strip();
        shown = shown.length() <= MAX_MESSAGE ? shown : shown.substring(0, MAX_MESSAGE) + "...";
        return new ProviderException(kind, shown, retryAfter, usage, new IOException(shown));
    }

    private static Kind kind(int status, String code, String type) {
        if (status == 402 || NO_CREDIT.contains(code) || NO_CREDIT.contains(type)) {
            return Kind.NO_CREDIT;
        }
        return switch (status) {
            case 401, 403, 407 -> Kind.UNAUTHORIZED;
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

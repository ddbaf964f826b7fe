// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.time.Duration;
import java.util.Optional;

/** A provider gave no usable reply. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    /** The kind of failure, which decides whether to retry. */
    public enum Kind {
        /** Too many requests or tokens (HTTP 429). */
        RATE_LIMITED(true),
        /** The account has no credit left (HTTP 402, or 429 with {@code insufficient_quota}). */
        NO_CREDIT(false),
        /** The provider failed (HTTP 5xx). */
        SERVER(true),
        /** Timeout. */
        TIMEOUT(true),
        /**
         * No connection could be made, so nothing was sent: it was refused, or the host, certificate or proxy failed.
         */
        UNREACHABLE(true),
        /** The connection broke. */
        CONNECTION(true),
        /** The body was not a reply: not JSON, or without the required fields. */
        MALFORMED(true),
        /** The key was rejected (HTTP 401, 403). */
        UNAUTHORIZED(false),
        /** The request was rejected (other HTTP 4xx), such as for an unknown model. */
        REJECTED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same request may succeed later. */
        public boolean passing() {
            return passing;
        }
    }

    /**
     * Tokens of a failed request, as reported by the provider.
     *
     * @param promptTokens 0 or more
     * @param replyTokens 0 or more
     */
    public record Usage(int promptTokens, int replyTokens) {}

    private final Kind kind;
    private final Optional<Duration> retryAfter;
    private final transient Optional<Usage> usage;

    /**
     * A failure.
     *
     * @param message the provider's message, without keys
     * @param retryAfter time to wait that the provider requested, if any
     */
    public ProviderException(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        this(kind, message, retryAfter, Optional.empty(), cause);
    }

    /**
     * A failure that may have used tokens.
     *
     * @param usage tokens that the provider reported
     */
    public ProviderException(
            Kind kind, String message, Optional<Duration> retryAfter, Optional<Usage> usage, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.usage = usage;
    }

    /** The kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** Time to wait that the provider requested, if any. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Tokens that the provider reported, if any. */
    public Optional<Usage> usage() {
        return usage;
    }

    /**
     * Whether the provider may bill a failure for which it reported no tokens.
     *
     * <p>It may have worked on a request without a complete reply, but not on one that was refused or never sent.
     */
    public boolean mayBeBilled() {
        return switch (kind) {
            case TIMEOUT, CONNECTION, MALFORMED -> true;
            case UNREACHABLE, RATE_LIMITED, NO_CREDIT, SERVER, UNAUTHORIZED, REJECTED -> false;
        };
    }
}

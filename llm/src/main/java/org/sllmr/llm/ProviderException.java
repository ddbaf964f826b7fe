// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.time.Duration;
import java.util.Optional;

/** A provider gave no usable reply. */
public final class ProviderException extends Exception {
    private static final long serialVersionUID = 1;

    /** What went wrong, as far as asking again depends on it. */
    public enum Kind {
        /** Too many requests or tokens (HTTP 429). */
        RATE_LIMITED(true),
        /** The account has no credit left (HTTP 402, or 429 with {@code insufficient_quota}). */
        NO_CREDIT(false),
        /** The provider failed (HTTP 5xx). */
        SERVER(true),
        /** No answer in time. */
        TIMEOUT(true),
        /** The connection could not be made, so nothing was sent: refused, an unknown host, a certificate, a proxy. */
        UNREACHABLE(true),
        /** The connection broke. */
        CONNECTION(true),
        /** The body was no reply at all: not JSON, or without the fields that a reply has. */
        MALFORMED(true),
        /** The key was refused (HTTP 401, 403). */
        UNAUTHORIZED(false),
        /** The request was refused (other HTTP 4xx), such as an unknown model. */
        REJECTED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same request may be answered later. */
        public boolean passing() {
            return passing;
        }
    }

    /**
     * What a failure took all the same, where the provider says so.
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
     * @param message what the provider said, without keys
     * @param retryAfter how long the provider asks to wait, where it does
     */
    public ProviderException(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        this(kind, message, retryAfter, Optional.empty(), cause);
    }

    /**
     * A failure that may have taken something.
     *
     * @param usage tokens that the provider counted for it
     */
    public ProviderException(
            Kind kind, String message, Optional<Duration> retryAfter, Optional<Usage> usage, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.usage = usage;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** How long the provider asks to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What it took all the same, where the provider says so. */
    public Optional<Usage> usage() {
        return usage;
    }

    /**
     * Whether the provider may bill a failure of which it says nothing.
     *
     * <p>A reply that never came whole was perhaps worked on; what was refused, or never sent, was not.
     */
    public boolean mayBeBilled() {
        return switch (kind) {
            case TIMEOUT, CONNECTION, MALFORMED -> true;
            case UNREACHABLE, RATE_LIMITED, NO_CREDIT, SERVER, UNAUTHORIZED, REJECTED -> false;
        };
    }
}

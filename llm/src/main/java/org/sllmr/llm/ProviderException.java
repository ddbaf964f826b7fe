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
        /** The connection could not be made, or broke. */
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

    private final Kind kind;
    private final Optional<Duration> retryAfter;

    /**
     * A failure.
     *
     * @param message what the provider said, without keys
     * @param retryAfter how long the provider asks to wait, where it does
     */
    public ProviderException(Kind kind, String message, Optional<Duration> retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** How long the provider asks to wait. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}

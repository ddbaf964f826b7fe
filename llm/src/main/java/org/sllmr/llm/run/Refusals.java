// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.llm.ProviderException.Kind;

/**
 * Distinguishes refusals of single requests, such as for a prompt that is too long, from refusals of all requests.
 *
 * <p>Thread-safe.
 */
final class Refusals {
    /** Consecutive rejections that count as a refusal of all requests. */
    private static final int IN_A_ROW = 10;

    private final AtomicInteger rejections = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();

    /** A request was answered. */
    void answered() {
        rejections.set(0);
    }

    /**
     * Whether other requests would be refused too.
     *
     * @param kind a permanent kind of failure, or {@link Kind#MALFORMED}
     * @param othersAnswered whether any request was answered
     */
    boolean ofAll(Kind kind, boolean othersAnswered) {
        if (kind == Kind.MALFORMED) {
            // A page of a website, say: the address is not that of a provider.
            return !othersAnswered && unreadable.incrementAndGet() >= IN_A_ROW;
        }
        return kind != Kind.REJECTED || !othersAnswered || rejections.incrementAndGet() >= IN_A_ROW;
    }
}

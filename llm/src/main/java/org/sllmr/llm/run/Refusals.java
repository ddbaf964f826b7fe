// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.concurrent.atomic.AtomicInteger;
import org.sllmr.llm.ProviderException.Kind;

/**
 * Tells a refusal that is the request's own fault, such as a prompt that is too long for the model, from one that all
 * requests would meet.
 *
 * <p>Safe for many threads.
 */
final class Refusals {
    /** So many in a row are no longer the requests' own fault. */
    private static final int IN_A_ROW = 10;

    private final AtomicInteger rejections = new AtomicInteger();

    /** A request was answered. */
    void answered() {
        rejections.set(0);
    }

    /**
     * Whether the next request would be refused too.
     *
     * @param kind a kind that does not pass
     * @param othersAnswered whether any request was answered
     */
    boolean ofAll(Kind kind, boolean othersAnswered) {
        return kind != Kind.REJECTED || !othersAnswered || rejections.incrementAndGet() >= IN_A_ROW;
    }
}

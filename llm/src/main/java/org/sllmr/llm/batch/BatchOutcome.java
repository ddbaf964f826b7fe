// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.util.Optional;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** The outcome of one question of a batch. */
public sealed interface BatchOutcome {
    /** The question's key. */
    String key();

    /**
     * A reply was received.
     *
     * @param key the question's key
     * @param reply the reply, which may still be an invalid answer
     */
    record Replied(String key, Reply reply) implements BatchOutcome {}

    /**
     * No reply was received.
     *
     * @param key the question's key
     * @param kind the kind of failure
     * @param message the provider's message, without keys
     * @param usage tokens that the provider reported, if any
     */
    record Failed(String key, ProviderException.Kind kind, String message, Optional<ProviderException.Usage> usage)
            implements BatchOutcome {}
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.util.Optional;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;

/** What became of one question of a batch. */
public sealed interface BatchOutcome {
    /** The question's key. */
    String key();

    /**
     * A reply came.
     *
     * @param key the question's key
     * @param reply the reply, which may still be no valid answer
     */
    record Replied(String key, Reply reply) implements BatchOutcome {}

    /**
     * No reply came.
     *
     * @param key the question's key
     * @param kind what went wrong, as far as asking again depends on it
     * @param message what the provider said, without keys
     * @param usage what it took all the same, where the provider says so
     */
    record Failed(String key, ProviderException.Kind kind, String message, Optional<ProviderException.Usage> usage)
            implements BatchOutcome {}
}

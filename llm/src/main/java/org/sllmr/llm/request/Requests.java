// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.request;

import java.io.IOException;
import java.nio.file.Path;
import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.Answer;

/**
 * What a run asks of a language model: requests by their index, each made on demand, and how their replies are read.
 *
 * <p>The run itself, with its limits, budget, retries and store, is the same for all. Thread-safe.
 */
public sealed interface Requests permits ScoreRequests, WindowRequests, TextRequests {
    /** In place of an index: no request. */
    int NONE = -1;

    /** What the requests are made from. */
    RequestOrigin origin();

    /** Seed of the run's random draws. */
    long seed();

    /** Number of times each question is asked. */
    int passes();

    /** Number of requests of all passes. */
    int size();

    /** Whether requests wait for the answers to others. */
    default boolean follow() {
        return false;
    }

    /** The request whose answer a request waits for, or {@link #NONE}. */
    default int before(int index) {
        return NONE;
    }

    /** The request that waits for the answer to a request, or {@link #NONE}. */
    default int after(int index) {
        return NONE;
    }

    /** Tells the answer to a request, before the one that waits for it is made. */
    default void answered(int index, float[] scores) {}

    /** A prompt as long as that of a request, whose answers before are not known yet. */
    default Prompt foreseen(int index) {
        return prompt(request(index));
    }

    /** The request at an index, 0 to {@link #size()} exclusive; the one before has an answer. */
    Request request(int index);

    /** The prompt of a request. */
    Prompt prompt(Request request);

    /** Reads the reply to a request. */
    Answer read(Request request, Reply reply);

    /** Writes the plan that the requests are of, for the store. */
    void writePlan(Path file) throws IOException;

    /** What a usable reply has, for messages. */
    Wanted wanted();
}

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
public sealed interface Requests permits ScoreRequests, TextRequests {
    /** What the requests are made from. */
    RequestOrigin origin();

    /** Seed of the run's random draws. */
    long seed();

    /** Number of times each question is asked. */
    int passes();

    /** Number of requests of all passes. */
    int size();

    /** The request at an index, 0 to {@link #size()} exclusive. */
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

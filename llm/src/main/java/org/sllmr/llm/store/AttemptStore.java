// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.sllmr.llm.request.RequestKey;

/** Where a run keeps every attempt, and finds those of earlier runs. It is open for one run. */
public interface AttemptStore extends AutoCloseable {
    /** Cost of earlier runs. */
    double spentBefore();

    /** Visits the key of every request that earlier runs have an answer for. */
    void forEachAnswered(Consumer<RequestKey> visitor) throws IOException;

    /** Visits an answer. */
    @FunctionalInterface
    interface AnswerVisitor {
        /** Receives the scores of a request, in the order in which its candidates were shown. */
        void visit(RequestKey key, float[] scores);
    }

    /** Visits every answer with scores of earlier runs. */
    void forEachAnswer(AnswerVisitor visitor) throws IOException;

    /**
     * Stores an attempt. When this returns, it survives the end of the process. Thread-safe.
     *
     * @throws IOException if it could not be stored, such as on a full disk
     */
    void add(Attempt attempt) throws IOException;

    /**
     * Records adaptations to what the server refused in this run, if there are any.
     *
     * @throws IOException if they cannot be stored
     */
    void adapted(Map<String, String> adaptations) throws IOException;

    @Override
    void close() throws IOException;
}

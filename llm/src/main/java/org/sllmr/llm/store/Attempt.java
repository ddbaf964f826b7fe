// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.time.Duration;
import java.time.Instant;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.AnswerFault;
import org.sllmr.llm.request.Request;

/**
 * One sending of a request, and its result.
 *
 * @param request the request
 * @param number number of the attempt in a run, from 1
 * @param started when it was sent
 * @param latency time until it was answered or aborted
 * @param cost its cost, or its maximum cost if the provider did not report the usage
 * @param result its result
 */
public record Attempt(Request request, int number, Instant started, Duration latency, double cost, Result result) {
    /** The result of an attempt. */
    public sealed interface Result {
        /** Name of the kind of result, in lower case with hyphens. */
        String name();
    }

    /**
     * A usable reply.
     *
     * @param scores of all candidates; none for a text, which is read from the reply when it is needed
     */
    public record Answered(Reply reply, float[] scores) implements Result {
        /** The value of {@link #name()}. */
        public static final String NAME = "answered";

        @Override
        public String name() {
            return NAME;
        }
    }

    /** An unusable reply. */
    public record Unusable(Reply reply, AnswerFault fault, String detail) implements Result {
        @Override
        public String name() {
            return Names.of(fault);
        }
    }

    /** No reply. */
    public record Failed(ProviderException.Kind kind, String message) implements Result {
        @Override
        public String name() {
            return Names.of(kind);
        }
    }
}

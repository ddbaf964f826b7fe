// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.time.Duration;
import java.time.Instant;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.Reply;
import org.sllmr.llm.question.AnswerFault;
import org.sllmr.llm.request.Request;

/**
 * One time that a request was sent, and what came of it.
 *
 * @param request what was asked
 * @param number 1 for the first time in a run, rising
 * @param started when it was sent
 * @param latency until it was answered or given up
 * @param cost money that it cost; where the provider did not say, the most that it can have cost
 * @param result what came of it
 */
public record Attempt(Request request, int number, Instant started, Duration latency, double cost, Result result) {
    /** What came of an attempt. */
    public sealed interface Result {
        /** How results of this kind are called, lower case with hyphens. */
        String name();
    }

    /** Every candidate has its score. */
    public record Answered(Reply reply, float[] scores) implements Result {
        /** What {@link #name()} is. */
        public static final String NAME = "answered";

        @Override
        public String name() {
            return NAME;
        }
    }

    /** A reply that cannot be used. */
    public record Wrong(Reply reply, AnswerFault fault, String detail) implements Result {
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

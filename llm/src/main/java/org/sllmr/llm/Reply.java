// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.util.List;

/**
 * The reply to a prompt.
 *
 * @param text the answer as received; if the server returned only reasoning, {@code <think>} and the reasoning
 * @param finish why the model stopped
 * @param promptTokens tokens of the prompt as reported by the provider, -1 if not reported
 * @param replyTokens tokens of the reply as reported by the provider, -1 if not reported
 * @param firstToken alternatives of the reply's first token, likeliest first; empty if not requested or not returned
 */
public record Reply(String text, Finish finish, int promptTokens, int replyTokens, List<Alternative> firstToken) {
    /** Marks the beginning of reasoning. */
    public static final String THINKING = "<think>";

    /** The beginning of the text for messages: on one line, without control characters. */
    public String excerpt(int maxCharacters) {
        String line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
        return line.length() <= maxCharacters
                ? line
                : line.substring(0, maxCharacters).strip() + "…";
    }

    /** Why a model stopped. */
    public enum Finish {
        /** The reply is complete. */
        COMPLETE,
        /** The reply reached the maximum number of tokens. */
        TRUNCATED,
        /** The model or a filter refused. */
        REFUSED
    }

    /**
     * A possible first token of the reply.
     *
     * @param token its text
     * @param logProbability natural logarithm of its probability, 0 or below
     */
    public record Alternative(String token, double logProbability) {}
}

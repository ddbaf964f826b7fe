// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm;

import java.util.List;

/**
 * What came back for one prompt.
 *
 * @param text the answer as it came; where a server gives reasoning and nothing else, that, after {@code <think>}
 * @param finish why the model stopped
 * @param promptTokens tokens of the prompt that the provider counts, -1 where it does not say
 * @param replyTokens tokens of the reply that the provider counts, -1 where it does not say
 * @param firstToken alternatives of the reply's first token, likeliest first; empty unless asked for and given
 */
public record Reply(String text, Finish finish, int promptTokens, int replyTokens, List<Alternative> firstToken) {
    /** Where reasoning begins. */
    public static final String THINKING = "<think>";

    /** The beginning of the text, for people: on one line, without what would act on a terminal. */
    public String excerpt(int maxCharacters) {
        String line = text.replaceAll("[\\p{C}\\s]+", " ").strip();
        return line.length() <= maxCharacters
                ? line
                : line.substring(0, maxCharacters).strip() + "…";
    }

    /** Why a model stopped. */
    public enum Finish {
        /** It was done. */
        COMPLETE,
        /** The reply was cut at the most tokens allowed. */
        TRUNCATED,
        /** The model or a filter declined. */
        REFUSED
    }

    /**
     * One token that the reply could have begun with.
     *
     * @param token its text
     * @param logProbability natural logarithm of its probability, 0 or below
     */
    public record Alternative(String token, double logProbability) {}
}

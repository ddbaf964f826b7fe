// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;

/** One way to ask how well items suit a user: wording and reading belong together. Safe for many threads. */
public interface QuestionForm {
    /** Name and version, such as {@code scored-items/1}. */
    String name();

    /** Hash of everything that decides the wording: template, settings, catalogue texts. */
    String hash();

    /** L, how many of a user's last interactions are shown. */
    int historyLength();

    /** Most candidates of one question, 1 or more. */
    int maxCandidates();

    /**
     * Words a question.
     *
     * @param history the user's last interactions, oldest first, at most {@link #historyLength()}
     * @param candidates item indices in the order in which they are shown
     */
    Prompt prompt(int[] history, int[] candidates);

    /**
     * Words a question that may also say how long ago the interactions were.
     *
     * @param times seconds since 1970 of each interaction of the history, or {@link
     *     org.sllmr.data.InteractionLog#NO_TIME}
     */
    default Prompt prompt(int[] history, long[] times, int[] candidates) {
        return prompt(history, candidates);
    }

    /**
     * Reads the reply to a question with this many candidates.
     *
     * @return their scores in the order in which they were shown, or what is wrong with the reply
     */
    Answer read(Reply reply, int candidates);
}

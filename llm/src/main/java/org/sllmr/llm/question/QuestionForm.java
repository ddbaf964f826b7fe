// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import org.sllmr.llm.Prompt;
import org.sllmr.llm.Reply;

/** A way to ask how well items suit a user: it writes questions and reads the replies. Thread-safe. */
public interface QuestionForm {
    /** Name and version, such as {@code scored-items/1}. */
    String name();

    /** Hash of everything that affects the wording: templates, settings, item texts. */
    String hash();

    /** L, the number of a user's last interactions that are shown. */
    int historyLength();

    /** Maximum number of candidates in a question, 1 or more. */
    int maxCandidates();

    /**
     * Writes a question.
     * @param history the user's last interactions, oldest first, at most {@link #historyLength()}
     * @param candidates item indices in the order in which they are shown
     */
    Prompt prompt(int[] history, int[] candidates);

    /**
     * Writes a question that may also say how long ago the interactions were.
     *
     * @param times seconds since 1970 of each interaction of the history, or {@link
     *     org.sllmr.data.InteractionLog#NO_TIME}
     */
    default Prompt prompt(int[] history, long[] times, int[] candidates) {
        return prompt(history, candidates);
    }

    /**
     * Reads the reply to a question with a number of candidates.
     *
     * @return their scores in the order in which they were shown, or what is wrong with the reply
     */
    Answer read(Reply reply, int candidates);
}

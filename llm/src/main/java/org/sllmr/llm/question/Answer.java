// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** The content of a reply: scores or a text, or what is wrong with it. */
public sealed interface Answer {
    /**
     * Scores of all candidates.
     *
     * @param scores in [0, 1], in the order in which the candidates were shown
     */
    record Scores(float[] scores) implements Answer {}

    /**
     * A text.
     *
     * @param text what the model wrote, without reasoning and marks; not blank
     */
    record Text(String text) implements Answer {}

    /**
     * An unusable reply, which gives nothing.
     *
     * @param fault the kind of fault
     * @param detail what was found, for messages
     */
    record Unusable(AnswerFault fault, String detail) implements Answer {}
}

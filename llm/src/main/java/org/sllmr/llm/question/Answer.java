// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** A reply as read: scores, or what is wrong with it. */
public sealed interface Answer {
    /**
     * Every candidate has its score.
     *
     * @param scores in [0, 1], in the order in which the candidates were shown
     */
    record Scores(float[] scores) implements Answer {}

    /**
     * The reply cannot be used; it never becomes a score.
     *
     * @param fault what kind of wrong
     * @param detail what was found, for people
     */
    record Wrong(AnswerFault fault, String detail) implements Answer {}
}

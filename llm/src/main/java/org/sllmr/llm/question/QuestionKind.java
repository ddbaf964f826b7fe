// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** The built-in forms of questions. */
public enum QuestionKind {
    /** See {@link ScoredItems}. */
    SCORED_ITEMS,
    /** See {@link RankedList}. */
    RANKED_LIST,
    /** A {@link RankedList} of a window that slides over all candidates from the end, merged into one order. */
    SLIDING_WINDOW,
    /** See {@link YesNo}. */
    YES_NO
}

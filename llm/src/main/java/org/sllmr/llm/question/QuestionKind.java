// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** The built-in forms of questions. */
public enum QuestionKind {
    /** See {@link ScoredItems}. */
    SCORED_ITEMS,
    /** See {@link RankedList}. */
    RANKED_LIST,
    /** See {@link YesNo}. */
    YES_NO
}

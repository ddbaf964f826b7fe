// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** What can be wrong with a reply that did come. */
public enum AnswerFault {
    /** The text is no JSON. */
    NOT_JSON,
    /** JSON, but not of the form asked for. */
    WRONG_FORM,
    /** An item that was not asked about. */
    UNKNOWN_ITEM,
    /** An item twice. */
    DOUBLED_ITEM,
    /** An item without a score. */
    MISSING_ITEM,
    /** A score outside [0, 1], or not a number. */
    SCORE_OUT_OF_RANGE,
    /** Cut at the most tokens allowed. */
    TRUNCATED,
    /** The model or a filter declined. */
    REFUSED,
    /** No text at all. */
    EMPTY,
    /** Log-probabilities were asked for and did not come. */
    NO_LOG_PROBABILITIES
}

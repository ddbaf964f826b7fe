// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** What can be wrong with a received reply. */
public enum AnswerFault {
    /** The text is not JSON. */
    NOT_JSON,
    /** JSON, but not in the requested form. */
    WRONG_FORM,
    /** An item that is not a candidate. */
    UNKNOWN_ITEM,
    /** An item twice. */
    DOUBLED_ITEM,
    /** An item without a score. */
    MISSING_ITEM,
    /** A score that is outside [0, 1] or not a number. */
    SCORE_OUT_OF_RANGE,
    /** The reply reached the maximum number of tokens. */
    TRUNCATED,
    /** The model or a filter refused, or the text says so. */
    REFUSED,
    /** A text of more than twice the words that were asked for. */
    TOO_LONG,
    /** No text at all. */
    EMPTY,
    /** Log-probabilities were requested but not returned. */
    NO_LOG_PROBABILITIES
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** What a question says about when the interactions of a history were. */
public enum Recency {
    /** Their order alone. */
    NONE,
    /** How many interactions ago each was: 1 for the last. */
    ORDER,
    /** How many days before the last one each was, where the data have times. */
    DAYS
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

/** How a question tells when the interactions of a history happened. */
public enum Recency {
    /** By their order only. */
    NONE,
    /** How many interactions ago each was: 1 for the last. */
    ORDER,
    /** How many days before the last one each was, if the data has times. */
    DAYS
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

/** What a value of a network has one vector for. */
public enum Axis {
    /** A row: one user with one item. */
    ROWS,
    /** An item of a history; rows that share user and position share the history. */
    HISTORY,
    /** A row together with one item of its history; the pairs of a row are in order of time. */
    PAIRS,
    /** The user whose items are ranked: one vector for all rows. */
    USER
}

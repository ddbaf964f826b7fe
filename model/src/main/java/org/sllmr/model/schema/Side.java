// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

/** What of a row a field depends on. */
public enum Side {
    /** The user and the position. */
    USER,
    /** The item. */
    ITEM,
    /** User, position and item together. */
    PAIR
}

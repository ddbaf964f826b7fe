// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

/** What happens to interactions with items that the item file does not list. */
public enum UnknownItems {
    /** They are an error. */
    FAIL,
    /** They are dropped. */
    DROP,
    /** Their items are added to the catalogue, without fields and texts. */
    KEEP
}

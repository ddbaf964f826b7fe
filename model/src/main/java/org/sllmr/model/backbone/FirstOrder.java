// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

/** Which fields have first-order weights: one float beside each embedding, whose pooled sums are added to the logit. */
public enum FirstOrder {
    /** None; the tables hold embeddings only. */
    NONE,
    /** All fields. */
    ALL_FIELDS,
    /** All fields but the histories. */
    WITHOUT_HISTORY
}

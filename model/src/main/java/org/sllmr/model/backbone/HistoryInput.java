// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

/** In which form a backbone reads the last items of a user. */
public enum HistoryInput {
    /** As further fields, each the mean over the items. */
    POOLED,
    /** Item by item, in {@code GraphBuilder.history}; then no history is among the pooled fields. */
    SEQUENCE,
    /** As {@link #SEQUENCE}, with the vectors of the items as well, which then are not pooled either. */
    SEQUENCE_WITH_VECTORS
}

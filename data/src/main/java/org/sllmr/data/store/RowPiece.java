// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;

/**
 * The interactions and samples of the users that follow those of the piece before.
 *
 * <p>Users are numbered from 0 within the piece, and so are the rows of its context columns. Items have their numbers in
 * the dataset.
 *
 * @param log the interactions, as in {@link Contents}
 * @param contextFields categorical fields of interactions, as in {@link Contents}; a vocabulary need only have the values
 *     of this piece, in order of first appearance
 * @param contextNumbers numbers of interactions
 * @param split which samples are of which part
 */
public record RowPiece(
        InteractionLog log, List<Column> contextFields, List<NumberColumn> contextNumbers, StoredSplit split) {
    /** Copies the lists. */
    public RowPiece {
        contextFields = List.copyOf(contextFields);
        contextNumbers = List.copyOf(contextNumbers);
    }

    /** Number of rows of the context columns. */
    int contextRows() {
        return !contextFields.isEmpty()
                ? contextFields.get(0).rows()
                : contextNumbers.isEmpty() ? 0 : contextNumbers.get(0).rows();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;

/**
 * What a dataset says of the users that follow those of the piece before.
 *
 * @param ids user ids as the source gives them
 * @param fields categorical fields, one row per user; a vocabulary need only have the values of this piece, in order of
 *     first appearance
 * @param numbers numeric fields, one row per user
 * @param vectors vectors, one row per user
 */
public record UserPiece(List<String> ids, List<Column> fields, List<NumberColumn> numbers, List<VectorColumn> vectors) {
    /** Copies the lists. */
    public UserPiece {
        ids = List.copyOf(ids);
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;

/**
 * Users as the source gives them.
 *
 * @param ids user ids in the order of the source
 * @param fields categorical fields, one row per user
 * @param numbers numeric fields, one row per user
 * @param vectors vectors, one row per user
 */
public record RawUsers(Vocabulary ids, List<Column> fields, List<NumberColumn> numbers, List<VectorColumn> vectors) {
    /** Users without numbers and vectors. */
    public RawUsers(Vocabulary ids, List<Column> fields) {
        this(ids, fields, List.of(), List.of());
    }

    /** Checks that every field has a row for each user. */
    public RawUsers {
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
        for (Column field : fields) {
            if (field.rows() != ids.size()) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' has " + field.rows() + " rows for " + ids.size() + " users");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;
import org.sllmr.data.Column;
import org.sllmr.data.Vocabulary;

/**
 * Users as the source gives them.
 *
 * @param ids user ids in the order of the source
 * @param fields categorical fields, one row per user
 */
public record RawUsers(Vocabulary ids, List<Column> fields) {
    /** Checks that every field has a row for each user. */
    public RawUsers {
        fields = List.copyOf(fields);
        for (Column field : fields) {
            if (field.rows() != ids.size()) {
                throw new IllegalArgumentException(
                        "field '" + field.name() + "' has " + field.rows() + " rows for " + ids.size() + " users");
            }
        }
    }
}

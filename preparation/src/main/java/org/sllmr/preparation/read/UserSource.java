// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/**
 * Where users come from.
 *
 * @param file one user a row; users it lacks have fields without values
 * @param user column of the user id; no id may stand twice
 * @param fields categorical fields
 */
public record UserSource(TableFile file, String user, List<FieldSettings> fields) {
    /** Copies the list. */
    public UserSource {
        fields = List.copyOf(fields);
    }
}

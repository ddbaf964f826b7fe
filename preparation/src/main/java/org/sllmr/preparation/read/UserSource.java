// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/**
 * The file of users and its columns.
 *
 * @param file one user per row; users that are not in it have fields without values
 * @param user column of the user id; ids must be unique
 * @param fields categorical fields
 */
public record UserSource(TableFile file, String user, List<FieldSettings> fields) {
    /** Copies the list. */
    public UserSource {
        fields = List.copyOf(fields);
    }
}

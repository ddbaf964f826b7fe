// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import org.sllmr.configuration.Checks;

/**
 * A file of vectors by id.
 *
 * @param file one item or user in each row
 * @param id column of the id; ids must be unique
 * @param column column of the vector, which also names it
 */
public record VectorSource(TableFile file, String id, String column) {
    /** Checks the names. */
    public VectorSource {
        new Checks()
                .require(!id.isBlank(), "id", "is empty")
                .require(!column.isBlank(), "column", "is empty")
                .done();
    }
}

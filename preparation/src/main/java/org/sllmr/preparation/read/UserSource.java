// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/**
 * The file of users and its columns.
 *
 * @param file one user per row; users that are not in it have fields without values
 * @param user column of the user id; ids must be unique
 * @param fields categorical fields
 * @param numbers columns of numbers, such as the age; each becomes a numeric field of the same name
 * @param vectors columns of vectors, each as long as the others of its column
 * @param vectorFiles vectors by user id in files of their own
 */
public record UserSource(
        TableFile file,
        String user,
        List<FieldSettings> fields,
        List<String> numbers,
        List<String> vectors,
        List<VectorSource> vectorFiles) {
    /** Copies the lists and checks that names of fields, numbers and vectors differ. */
    public UserSource {
        fields = List.copyOf(fields);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
        vectorFiles = List.copyOf(vectorFiles);
        FieldNames.require(fields, numbers, vectors, vectorFiles);
    }

    /** Users without numbers and vectors. */
    public UserSource(TableFile file, String user, List<FieldSettings> fields) {
        this(file, user, fields, List.of(), List.of(), List.of());
    }
}

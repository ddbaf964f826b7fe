// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.List;

/**
 * The file of items and its columns.
 *
 * @param file one item per row
 * @param item column of the item id; ids must be unique
 * @param fields categorical fields
 * @param texts columns of text, such as the title; each becomes a text of the same name
 * @param numbers columns of numbers, such as the price; each becomes a numeric field of the same name
 * @param vectors columns of vectors, each as long as the others of its column
 * @param vectorFiles vectors by item id in files of their own
 */
public record ItemSource(
        TableFile file,
        String item,
        List<FieldSettings> fields,
        List<String> texts,
        List<String> numbers,
        List<String> vectors,
        List<VectorSource> vectorFiles) {
    /** Copies the lists and checks that names of fields, numbers and vectors differ. */
    public ItemSource {
        fields = List.copyOf(fields);
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
        vectors = List.copyOf(vectors);
        vectorFiles = List.copyOf(vectorFiles);
        FieldNames.require(fields, numbers, vectors, vectorFiles);
    }

    /** Items without numbers and vectors. */
    public ItemSource(TableFile file, String item, List<FieldSettings> fields, List<String> texts) {
        this(file, item, fields, texts, List.of(), List.of(), List.of());
    }
}

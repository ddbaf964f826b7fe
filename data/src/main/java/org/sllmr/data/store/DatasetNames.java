// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Build;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;

/**
 * The names of a dataset's columns, which its manifest lists and its hash covers.
 *
 * @param users names of the users' columns
 * @param items names of the items' columns
 * @param contexts names of the interactions' columns
 * @param parts how samples are stored row by row; null with leave-one-out
 * @param negatives negatives of each positive with leave-one-out, 0 otherwise
 */
record DatasetNames(Side users, Side items, Side contexts, Manifest.@Nullable Parts parts, int negatives) {
    /** The names of one side's columns. */
    record Side(List<String> fields, List<String> texts, List<String> numbers, List<Manifest.Vectors> vectors) {
        static Side of(
                List<Column> fields,
                List<Catalogue.TextColumn> texts,
                List<NumberColumn> numbers,
                List<VectorColumn> vectors) {
            return new Side(
                    fields.stream().map(Column::name).toList(),
                    texts.stream().map(Catalogue.TextColumn::name).toList(),
                    numbers.stream().map(NumberColumn::name).toList(),
                    vectors.stream()
                            .map(vector -> new Manifest.Vectors(vector.name(), vector.width()))
                            .toList());
        }

        static Side of(Catalogue catalogue) {
            return of(catalogue.fields(), catalogue.texts(), catalogue.numbers(), catalogue.vectors());
        }
    }

    static DatasetNames of(Contents contents) {
        return new DatasetNames(
                Side.of(
                        contents.userFields(),
                        List.of(),
                        contents.numeric().userNumbers(),
                        contents.numeric().userVectors()),
                Side.of(contents.catalogue()),
                Side.of(contents.contextFields(), List.of(), contents.numeric().contextNumbers(), List.of()),
                contents.split() instanceof StoredParts parts ? Manifest.Parts.of(parts) : null,
                contents.split() instanceof Negatives negatives ? negatives.perPositive() : 0);
    }

    /** The manifest of a dataset with these columns. */
    Manifest manifest(DatasetOrigin origin, Manifest.Counts counts, List<Manifest.StoredFile> files) {
        return new Manifest(
                Manifest.FORMAT,
                Manifest.FORMAT_VERSION,
                origin.name(),
                Hashes.content(hashed(), files),
                "sllmr " + Build.current().text(),
                origin.seed(),
                negatives,
                counts,
                parts,
                users.fields(),
                items.fields(),
                items.texts(),
                contexts.fields(),
                users.numbers(),
                items.numbers(),
                contexts.numbers(),
                users.vectors(),
                items.vectors(),
                origin.sources(),
                origin.settings(),
                files);
    }

    /** The names as the content hash takes them in. */
    private List<String> hashed() {
        List<String> named = new ArrayList<>();
        users.fields().forEach(name -> named.add("user field " + name));
        items.fields().forEach(name -> named.add("item field " + name));
        items.texts().forEach(name -> named.add("item text " + name));
        contexts.fields().forEach(name -> named.add("context field " + name));
        users.numbers().forEach(name -> named.add("user number " + name));
        items.numbers().forEach(name -> named.add("item number " + name));
        contexts.numbers().forEach(name -> named.add("context number " + name));
        users.vectors().forEach(vector -> named.add("user vector " + vector.name() + " of " + vector.width()));
        items.vectors().forEach(vector -> named.add("item vector " + vector.name() + " of " + vector.width()));
        if (parts != null) {
            named.add("parts by " + parts.by());
        }
        return named;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Vocabulary;

/** What questions show of the items: the columns alone, in arrays; no ids. */
final class SentCatalogue implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int items;
    private final String[] textNames;
    private final String[][] texts;
    private final String[] fieldNames;
    private final String[][] vocabularies;
    private final int[][] offsets;
    private final int[][] values;

    /**
     * Some columns of a catalogue.
     *
     * @param names of text columns and fields
     */
    SentCatalogue(Catalogue catalogue, List<String> names) {
        this.items = catalogue.size();
        List<Catalogue.TextColumn> shown = catalogue.texts().stream()
                .filter(text -> names.contains(text.name()))
                .toList();
        this.textNames = shown.stream().map(Catalogue.TextColumn::name).toArray(String[]::new);
        this.texts =
                shown.stream().map(text -> text.values().toArray(String[]::new)).toArray(String[][]::new);
        // A text of the same name comes first.
        List<Column> fields = names.stream()
                .filter(name -> catalogue.text(name).isEmpty())
                .map(catalogue::field)
                .flatMap(Optional::stream)
                .toList();
        this.fieldNames = fields.stream().map(Column::name).toArray(String[]::new);
        this.vocabularies = fields.stream()
                .map(field -> field.vocabulary().values().toArray(String[]::new))
                .toArray(String[][]::new);
        this.offsets = fields.stream().map(Column::offsets).toArray(int[][]::new);
        this.values = fields.stream().map(Column::values).toArray(int[][]::new);
    }

    /** The items with these columns; their ids are their numbers. */
    Catalogue open() {
        List<Column> fields = new ArrayList<>();
        for (int at = 0; at < fieldNames.length; at++) {
            fields.add(new Column(
                    fieldNames[at], new Vocabulary(Arrays.asList(vocabularies[at])), offsets[at], values[at]));
        }
        List<Catalogue.TextColumn> columns = new ArrayList<>();
        for (int at = 0; at < textNames.length; at++) {
            columns.add(new Catalogue.TextColumn(textNames[at], List.of(texts[at])));
        }
        return new Catalogue(
                new Vocabulary(
                        IntStream.range(0, items).mapToObj(Integer::toString).toList()),
                fields,
                columns);
    }
}

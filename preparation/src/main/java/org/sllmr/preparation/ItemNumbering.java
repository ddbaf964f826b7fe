// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.preparation.read.RawItems;

/**
 * The items of a dataset. They are numbered in the order of the item file, followed by those that are not in it; without
 * an item file, in order of first appearance among the kept interactions.
 *
 * @param catalogue the items
 * @param numberOf number in the catalogue of each item of the log, or -1 if it is not in it
 */
public record ItemNumbering(Catalogue catalogue, int[] numberOf) {
    /**
     * Numbers items.
     *
     * @param ids ids of the items of the log
     * @param kept those of the kept interactions, each once, in order of first appearance
     * @param source the item file
     * @throws InvalidInputException if the settings require texts and an item has none
     */
    public static ItemNumbering of(Vocabulary ids, int[] kept, Optional<RawItems> source, SplitSettings settings) {
        ItemNumbering items = of(ids, kept, source, settings.keepUnseenItems());
        if (settings.requireText()) {
            items.requireText(source);
        }
        return items;
    }

    private static ItemNumbering of(Vocabulary ids, int[] kept, Optional<RawItems> source, boolean keepUnseenItems) {
        int[] itemOf = new int[ids.size()];
        Arrays.fill(itemOf, -1);
        boolean[] seen = new boolean[itemOf.length];
        for (int item : kept) {
            seen[item] = true;
        }
        List<String> numbered = new ArrayList<>();
        int[] origin = new int[0];
        if (source.isPresent()) {
            Vocabulary listed = source.get().catalogue().ids();
            origin = new int[listed.size()];
            for (int row = 0; row < listed.size(); row++) {
                int item = ids.indexOf(listed.value(row));
                boolean interacted = item >= 0 && seen[item];
                if (interacted) {
                    itemOf[item] = numbered.size();
                }
                if (interacted || keepUnseenItems) {
                    origin[numbered.size()] = row;
                    numbered.add(listed.value(row));
                }
            }
        }
        int listed = numbered.size();
        for (int item : kept) {
            if (itemOf[item] < 0) {
                itemOf[item] = numbered.size();
                numbered.add(ids.value(item));
            }
        }
        return new ItemNumbering(select(source, numbered, Arrays.copyOf(origin, numbered.size()), listed), itemOf);
    }

    private static Catalogue select(Optional<RawItems> source, List<String> ids, int[] origin, int listed) {
        Arrays.fill(origin, listed, origin.length, Selection.NONE);
        List<Column> fields = new ArrayList<>();
        List<Catalogue.TextColumn> texts = new ArrayList<>();
        List<NumberColumn> numbers = new ArrayList<>();
        List<VectorColumn> vectors = new ArrayList<>();
        source.ifPresent(items -> {
            items.catalogue().fields().forEach(field -> fields.add(Selection.of(field, origin)));
            items.catalogue().numbers().forEach(number -> numbers.add(Selection.of(number, origin)));
            items.catalogue().vectors().forEach(vector -> vectors.add(Selection.of(vector, origin)));
            for (Catalogue.TextColumn text : items.catalogue().texts()) {
                List<String> values = new ArrayList<>(origin.length);
                for (int row : origin) {
                    values.add(row == Selection.NONE ? "" : text.values().get(row));
                }
                texts.add(new Catalogue.TextColumn(text.name(), Collections.unmodifiableList(values)));
            }
        });
        return new Catalogue(new Vocabulary(ids), fields, texts, numbers, vectors);
    }

    private void requireText(Optional<RawItems> source) {
        int count = 0;
        String first = "";
        for (int item = 0; item < catalogue.size(); item++) {
            int row = item;
            if (catalogue.texts().stream()
                    .allMatch(text -> text.values().get(row).isBlank())) {
                count++;
                first = count == 1 ? catalogue.ids().value(item) : first;
            }
        }
        if (count > 0) {
            throw new InvalidInputException(
                    place(source, first),
                    "item '" + first + "' has no text; " + count + " of " + catalogue.size()
                            + " items have none; name more text columns, or set split.requireText to false");
        }
    }

    private static String place(Optional<RawItems> source, String item) {
        if (source.isPresent()) {
            RawItems items = source.get();
            int row = items.catalogue().ids().indexOf(item);
            if (row >= 0) {
                return items.places().place(row);
            }
        }
        return "items";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.question;

import java.util.List;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Vocabulary;

/** A catalogue of the given titles, each with a brand; the even ones have two categories. */
final class Shop {
    private Shop() {}

    static Catalogue of(String... titles) {
        int items = titles.length;
        Vocabulary ids = new Vocabulary(
                IntStream.range(0, items).mapToObj(item -> "id" + item).toList());
        Column brand = Column.single("brand", new Vocabulary(List.of("Acme")), new int[items]);
        int[] offsets = new int[items + 1];
        for (int item = 0; item < items; item++) {
            offsets[item + 1] = offsets[item] + (item % 2 == 0 ? 2 : 0);
        }
        int[] values = new int[offsets[items]];
        for (int index = 0; index < values.length; index++) {
            values[index] = index % 2;
        }
        Column categories = new Column("categories", new Vocabulary(List.of("Hair", "Nails")), offsets, values);
        return new Catalogue(
                ids, List.of(brand, categories), List.of(new Catalogue.TextColumn("title", List.of(titles))));
    }
}

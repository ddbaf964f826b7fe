// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sllmr.data.Catalogue;

/** Looks for items by words of their texts, fields and ids. */
final class Search {
    private Search() {}

    /**
     * The first items that have all words.
     *
     * @param words any text
     * @param most most items
     */
    static List<Replies.Shown> items(Catalogue catalogue, String words, int most) {
        String[] wanted = words.strip().toLowerCase(Locale.ROOT).split("\\s+");
        List<Replies.Shown> found = new ArrayList<>();
        for (int item = 0; item < catalogue.size() && found.size() < most; item++) {
            String text = text(catalogue, item).toLowerCase(Locale.ROOT);
            boolean all = true;
            for (String word : wanted) {
                all &= text.contains(word);
            }
            if (all) {
                found.add(Replies.Shown.of(catalogue, item));
            }
        }
        return found;
    }

    private static String text(Catalogue catalogue, int item) {
        StringBuilder text = new StringBuilder(catalogue.ids().value(item));
        catalogue
                .texts()
                .forEach(column -> text.append(' ').append(column.values().get(item)));
        catalogue
                .fields()
                .forEach(column ->
                        column.texts(item).forEach(value -> text.append(' ').append(value)));
        return text.toString();
    }

    /** The first ids that contain a text. */
    static List<String> users(List<String> users, String part, int most) {
        return users.stream().filter(user -> user.contains(part)).limit(most).toList();
    }
}

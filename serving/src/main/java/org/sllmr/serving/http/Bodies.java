// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sllmr.bundle.Facts;
import org.sllmr.bundle.NewItem;
import org.sllmr.bundle.Request;

/** What requests hold, as JSON. */
final class Bodies {
    private Bodies() {}

    /** The body of {@code /recommend} and {@code /rank}; the components are those of {@link Request}. */
    record Recommend(
            Optional<String> user,
            Optional<List<String>> history,
            FactsBody userFacts,
            FactsBody context,
            List<Item> newItems,
            Optional<Integer> k,
            boolean excludeSeen,
            Map<String, List<String>> allow,
            Map<String, List<String>> deny,
            Map<String, Double> shares,
            Optional<List<String>> candidates,
            boolean explain,
            boolean details) {
        static Recommend defaults() {
            return new Recommend(
                    Optional.empty(),
                    Optional.empty(),
                    FactsBody.defaults(),
                    FactsBody.defaults(),
                    List.of(),
                    Optional.empty(),
                    true,
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    false,
                    false);
        }

        /** The request, for so many items unless it says how many. */
        Request request(int usual) {
            return new Request(
                    user,
                    history,
                    userFacts.facts(),
                    context.facts(),
                    newItems.stream().map(Item::item).toList(),
                    k.orElse(usual),
                    excludeSeen,
                    sets(allow),
                    sets(deny),
                    shares,
                    candidates,
                    explain);
        }

        private static Map<String, Set<String>> sets(Map<String, List<String>> lists) {
            return lists.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> new HashSet<>(entry.getValue())));
        }

        /** The longest of the lists. */
        int longest() {
            return Math.max(
                    newItems.size(),
                    Math.max(
                            history.map(List::size).orElse(0),
                            candidates.map(List::size).orElse(0)));
        }
    }

    /** Facts of user or moment. */
    record FactsBody(Map<String, List<String>> fields, Map<String, Float> numbers) {
        static FactsBody defaults() {
            return new FactsBody(Map.of(), Map.of());
        }

        Facts facts() {
            return new Facts(fields, numbers);
        }
    }

    /** A new item. */
    record Item(
            String id,
            Map<String, List<String>> fields,
            Map<String, String> texts,
            Map<String, Float> numbers,
            Map<String, List<Float>> vectors) {
        static Item defaults() {
            return new Item("", Map.of(), Map.of(), Map.of(), Map.of());
        }

        NewItem item() {
            return new NewItem(id, fields, texts, numbers, vectors);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/** Chooses the best items under the rules of a request. */
final class Selection {
    /** Of so many best items a page with shares can nearly always be chosen. */
    private static final int LEAST_DEPTH = 256;

    private final int k;
    private final Map<String, Double> shares;
    private final Values values;

    /** The values of an item's field. */
    @FunctionalInterface
    interface Values {
        List<String> of(int item, String field);
    }

    /**
     * A selection.
     *
     * @param k most items
     * @param shares by field the largest share of the chosen items that one value may have
     */
    Selection(int k, Map<String, Double> shares, Values values) {
        this.k = k;
        this.values = values;
        this.shares = shares;
    }

    /**
     * The places of the best items, the best first; of equal scores the one with the lower number first.
     *
     * @param scores one an item
     * @param numbers of the items
     * @param allowed which items may be chosen, by number
     */
    int[] best(float[] scores, int[] numbers, IntPredicate allowed) {
        List<Integer> best = shares.isEmpty() ? first(k, scores, numbers, allowed) : spread(scores, numbers, allowed);
        return best.stream().mapToInt(place -> place).toArray();
    }

    /** The places of so many best items, the best first. */
    private static List<Integer> first(int count, float[] scores, int[] numbers, IntPredicate allowed) {
        Comparator<Integer> worstFirst =
                Comparator.<Integer>comparingDouble(place -> scores[place]).thenComparingInt(place -> -numbers[place]);
        PriorityQueue<Integer> heap = new PriorityQueue<>(worstFirst);
        float least = Float.NEGATIVE_INFINITY;
        for (int place = 0; place < scores.length; place++) {
            if (scores[place] < least || !allowed.test(numbers[place])) {
                continue;
            }
            heap.add(place);
            if (heap.size() > count) {
                heap.poll();
                least = scores[heap.element()];
            }
        }
        return heap.stream().sorted(worstFirst.reversed()).toList();
    }

    /**
     * The items are fewer than wanted where there are not enough others beside those of a value. Then a value's share is one
     * of fewer items, so that some of it are taken out again. Only as many of the best items are put in order as are needed
     * to choose from.
     */
    private List<Integer> spread(float[] scores, int[] numbers, IntPredicate allowed) {
        int depth = (int) Math.min(Math.max(LEAST_DEPTH, 4L * k), scores.length);
        List<Integer> order = first(depth, scores, numbers, allowed);
        int wanted = Math.min(k, order.size());
        List<Integer> chosen = chosen(order, numbers, wanted);
        while (chosen.size() < wanted && order.size() == depth && depth < scores.length) {
            depth = (int) Math.min(16L * depth, scores.length);
            order = first(depth, scores, numbers, allowed);
            chosen = chosen(order, numbers, wanted);
        }
        while (chosen.size() < wanted) {
            wanted = chosen.size();
            chosen = chosen(order, numbers, wanted);
        }
        return chosen;
    }

    /** Goes through all from the best on, and leaves out items whose values have had their share of so many. */
    private List<Integer> chosen(List<Integer> order, int[] numbers, int wanted) {
        Map<String, Integer> most = new HashMap<>();
        // At least one item of a value is allowed, else small shares would leave nothing.
        shares.forEach((field, share) -> most.put(field, (int) Math.max(1, Math.floor(share * wanted + 1e-9))));
        Map<String, Map<String, Integer>> taken = new HashMap<>();
        List<Integer> chosen = new ArrayList<>();
        for (int at = 0; at < order.size() && chosen.size() < wanted; at++) {
            int item = numbers[order.get(at)];
            if (fits(item, most, taken)) {
                chosen.add(order.get(at));
                most.keySet()
                        .forEach(field -> values.of(item, field)
                                .forEach(value -> taken.computeIfAbsent(field, key -> new HashMap<>())
                                        .merge(value, 1, Integer::sum)));
            }
        }
        return chosen;
    }

    private boolean fits(int item, Map<String, Integer> most, Map<String, Map<String, Integer>> taken) {
        return most.entrySet().stream()
                .allMatch(rule -> values.of(item, rule.getKey()).stream()
                        .allMatch(value ->
                                taken.getOrDefault(rule.getKey(), Map.of()).getOrDefault(value, 0) < rule.getValue()));
    }
}

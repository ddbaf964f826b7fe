// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items before, the oldest first, and which of them a model reads: the last ones of those that are there, not what fills
 * the rest of the array.
 */
final class History {
    private final GraphWriter graph;
    private final String items;
    private final String length;
    private final String positions;
    private final Map<Integer, Window> windows = new HashMap<>();

    /**
     * The last items.
     *
     * @param mask 1 for an item that counts, else 0: {@code [N, L]}
     * @param count number of them, at least 1: {@code [N, 1]}
     */
    record Window(String mask, String count) {}

    /** Declares the inputs of a graph; indices outside the catalogue become the last one. */
    History(GraphWriter graph, int catalogue) {
        this.graph = graph;
        String history = graph.input("history", GraphWriter.INT64, List.of("N", "L"));
        String given = graph.input("history_length", GraphWriter.INT64, List.of("N"));
        this.items = known(graph, history, catalogue);
        String longest = graph.gather(graph.add("Shape", history), graph.integer(1));
        String within = graph.add("Max", graph.add("Min", given, longest), graph.integer(0));
        this.length = graph.unsqueeze(within, 1);
        this.positions = graph.add("Range", graph.integer(0), longest, graph.integer(1));
    }

    /** Indices, of which those outside {@code [0, count)} become {@code count}. */
    static String known(GraphWriter graph, String indices, int count) {
        String outside = graph.add(
                "Or",
                graph.add("Less", indices, graph.integer(0)),
                graph.add("Less", graph.integer(count - 1L), indices));
        return graph.add("Where", outside, graph.integer(count), indices);
    }

    /** Indices of the items: {@code [N, L]}. */
    String items() {
        return items;
    }

    /** How many items come after each place: {@code [N, L]}; negative behind the history. */
    String after() {
        return graph.add("Sub", graph.add("Sub", length, graph.integer(1)), positions);
    }

    /** Whether an item is another one or comes before it, by both places: {@code [L, L]}. */
    String before() {
        return graph.add("LessOrEqual", graph.unsqueeze(positions, 0), graph.unsqueeze(positions, 1));
    }

    /** The last items, so many at most. */
    Window last(int most) {
        return windows.computeIfAbsent(most, key -> {
            String before = graph.add("Less", positions, graph.add("Sub", length, graph.integer(most)));
            String inside = graph.add("And", graph.add("Less", positions, length), graph.add("Not", before));
            String count = graph.add("Max", graph.add("Min", length, graph.integer(most)), graph.integer(1));
            return new Window(graph.toFloat(inside), graph.toFloat(count));
        });
    }

    /** How many of the last items are read, by whatever reads most. */
    int longest() {
        return windows.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * The sum over the last items.
     *
     * @param values {@code [N, L, w]}
     * @return {@code [N, w]}
     */
    String sum(Window window, String values) {
        return graph.squeeze(graph.add("MatMul", graph.unsqueeze(window.mask, 1), values), 1);
    }

    /** The mean over the last items, zeros where there are none. */
    String mean(Window window, String values) {
        return graph.add("Div", sum(window, values), window.count);
    }
}

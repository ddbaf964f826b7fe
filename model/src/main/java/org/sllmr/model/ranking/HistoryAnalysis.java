// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;

/**
 * Finds what depends on one item of a history alone, and on such an item and the candidate alone. Whose history it is makes no
 * difference to it, so it can be computed once for all users who have that item.
 *
 * <p>It ends where an operation looks {@linkplain org.sllmr.model.operation.Operation#acrossHistory across} the history, and
 * where anything else of the user comes in.
 */
final class HistoryAnalysis {
    /** Most floats that are kept of a history item with a candidate: what is wider is as quickly computed as fetched. */
    private static final int MOST_FLOATS = 16;

    private final Set<Node> ofHistoryItem = new HashSet<>();
    private final Set<Node> ofPair = new HashSet<>();
    private final Set<Node> rest;
    private final List<Node> kept;
    private final Map<Node, Node> sources = new HashMap<>();
    private final Analysis analysis;

    /** Of a network that was taken apart. */
    HistoryAnalysis(Analysis analysis) {
        this.analysis = analysis;
        analysis.pairs.imports().forEach((source, input) -> sources.put(input, source));
        for (Node node : analysis.users.nodes()) {
            if (node.axis() == Axis.HISTORY
                    && !node.operation().acrossHistory()
                    && ofHistoryItem.containsAll(node.inputs())) {
                ofHistoryItem.add(node);
            }
        }
        for (Node node : analysis.pairs.nodes()) {
            if (node.axis() == Axis.PAIRS
                    && !node.operation().acrossHistory()
                    && node.inputs().stream().allMatch(this::isOfPairOrLess)) {
                ofPair.add(node);
            }
        }
        Set<Node> reached = analysis.pairs.needed(analysis.pairs.outputs(), ofPair);
        this.kept = analysis.pairs.nodes().stream()
                .filter(node -> ofPair.contains(node) && reached.contains(node))
                .toList();
        ofPair.retainAll(analysis.pairs.needed(kept, Set.of()));
        this.rest = new HashSet<>(reached);
        rest.removeAll(ofPair);
    }

    private boolean isOfPairOrLess(Node input) {
        Node source = sources.get(input);
        return source == null
                ? ofPair.contains(input)
                : ofHistoryItem.contains(source) || (analysis.items.holds(source) && input.axis() == Axis.ROWS);
    }

    /** Whether there is something that depends on a history item and the candidate alone, and is worth keeping. */
    boolean isFound() {
        return !kept.isEmpty() && kept.stream().mapToInt(Node::width).sum() <= MOST_FLOATS;
    }

    /** Values of the users' part that depend on a history item alone. */
    Set<Node> ofHistoryItem() {
        return ofHistoryItem;
    }

    /** Values of the pairs' part that depend on a history item and the candidate alone. */
    Set<Node> ofPair() {
        return ofPair;
    }

    /** Those of them that are read by the rest. */
    List<Node> kept() {
        return kept;
    }

    /** Values of the pairs' part that depend on more, and the inputs that they read. */
    Set<Node> rest() {
        return rest;
    }

    /** What an input of the pairs' part is in another part; null for an input of the network. */
    @Nullable
    Node source(Node input) {
        return sources.get(input);
    }
}

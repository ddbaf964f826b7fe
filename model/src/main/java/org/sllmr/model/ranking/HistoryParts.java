// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Axis;

/** The parts of a network in which what {@link HistoryAnalysis} has found stands by itself. */
final class HistoryParts {
    /** What depends on the user alone, and not on one history item alone. */
    final PartGraph users = new PartGraph();
    /** What depends on a history item alone and is read by the pairs' part. */
    final PartGraph historyItems = new PartGraph();
    /** What depends on a history item and the candidate alone, from the history item on. */
    final PartGraph historyPairs = new PartGraph();
    /** The rest, up to the logits. */
    final PartGraph pairs = new PartGraph();

    private final Analysis analysis;
    private final HistoryAnalysis found;

    /** Composes the parts; that of the items stays as it is. */
    HistoryParts(Analysis analysis, HistoryAnalysis found) {
        this.analysis = analysis;
        this.found = found;
        Map<Node, Node> kept = composeHistoryPairs();
        composePairs(kept);
    }

    private Map<Node, Node> composeHistoryPairs() {
        Set<Node> needed = analysis.pairs.needed(found.kept(), Set.of());
        Map<Node, Node> copies = new HashMap<>();
        Map<Node, Node> ofHistory = copiesOfUsers(historyPairs, needed, true);
        for (Node node : analysis.pairs.nodes()) {
            Node source = found.source(node);
            if (source != null && needed.contains(node)) {
                Node input = ofHistory.get(source);
                copies.put(node, input == null ? historyPairs.take(analysis.items, source, Axis.ROWS) : input);
            }
        }
        historyPairs.copy(analysis.pairs, needed, copies);
        return copies;
    }

    private void composePairs(Map<Node, Node> kept) {
        Map<Node, Node> ofUsers = copiesOfUsers(users, found.rest(), false);
        Map<Node, Node> ofHistory = copiesOfUsers(historyItems, found.rest(), true);
        Map<Node, Node> copies = new HashMap<>();
        for (Node node : analysis.pairs.nodes()) {
            Node source = found.source(node);
            if (found.kept().contains(node)) {
                copies.put(node, pairs.take(historyPairs, Objects.requireNonNull(kept.get(node)), Axis.PAIRS));
            } else if (source != null && found.rest().contains(node)) {
                Node ofUser = ofUsers.get(source);
                Node ofItem = ofHistory.get(source);
                if (found.ofHistoryItem().contains(source)) {
                    copies.put(node, pairs.take(historyItems, Objects.requireNonNull(ofItem), Axis.HISTORY));
                } else if (ofUser != null) {
                    copies.put(node, pairs.take(users, ofUser, node.axis()));
                } else {
                    copies.put(node, pairs.take(analysis.items, source, node.axis()));
                }
            }
        }
        pairs.copy(analysis.pairs, found.rest(), copies);
        analysis.pairs.outputs().forEach(output -> pairs.output(Objects.requireNonNull(copies.get(output))));
    }

    /**
     * Copies those values of the users' part that some values of the pairs' part read.
     *
     * @param ofHistoryItem whether those of a history item alone are meant, or else the others
     */
    private Map<Node, Node> copiesOfUsers(PartGraph to, Set<Node> readers, boolean ofHistoryItem) {
        Set<Node> wanted = new HashSet<>();
        for (Node node : readers) {
            Node source = found.source(node);
            if (source != null
                    && analysis.users.holds(source)
                    && found.ofHistoryItem().contains(source) == ofHistoryItem) {
                wanted.add(source);
            }
        }
        Map<Node, Node> copies = new HashMap<>();
        to.copy(analysis.users, analysis.users.needed(wanted, Set.of()), copies);
        return copies;
    }
}

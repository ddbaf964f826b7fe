// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.List;
import java.util.Set;
import org.sllmr.model.graph.Node;
import org.sllmr.model.ranking.RankingNetwork.Dependence;

/** What each value of a network that was taken apart depends on. */
final class Dependences {
    private final Analysis analysis;
    private final Set<Node> ofHistoryItem;
    private final Set<Node> ofHistoryPair;

    Dependences(Analysis analysis) {
        this.analysis = analysis;
        HistoryAnalysis found = new HistoryAnalysis(analysis);
        this.ofHistoryItem = found.isFound() ? found.ofHistoryItem() : Set.of();
        this.ofHistoryPair = found.isFound() ? found.ofPair() : Set.of();
    }

    Dependence of(Node node) {
        return of(analysis.form(node));
    }

    private Dependence of(Form form) {
        if (form instanceof Form.Joined joined) {
            List<Dependence> parts =
                    joined.parts().stream().map(this::of).distinct().toList();
            return parts.size() == 1
                    ? parts.get(0)
                    : parts.contains(Dependence.BOTH) || parts.contains(Dependence.HISTORY_PAIR)
                            ? Dependence.BOTH
                            : Dependence.SUM;
        }
        if (form instanceof Form.Products products) {
            return products.target().isOfItem() && ofHistoryItem.contains(products.items())
                    ? Dependence.HISTORY_PAIR
                    : Dependence.BOTH;
        }
        if (!(form instanceof Form.Split split)) {
            return Dependence.BOTH;
        }
        if (split.isOfPair()) {
            return ofHistoryPair.contains(split.ofPair()) ? Dependence.HISTORY_PAIR : Dependence.BOTH;
        }
        if (!split.isSeparable()) {
            return Dependence.BOTH;
        }
        if (split.isOfUser()) {
            return ofHistoryItem.contains(split.ofUser()) ? Dependence.HISTORY_ITEM : Dependence.USER;
        }
        return split.isOfItem() ? Dependence.ITEM : Dependence.SUM;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.layer.Activation;
import org.sllmr.model.layer.LocalActivationSettings;
import org.sllmr.model.layer.LocalActivationUnit;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryPositions;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.HistorySoftmax;
import org.sllmr.model.operation.HistorySum;
import org.sllmr.model.ranking.RankingNetwork.Dependence;

/** Networks of rows of 8 floats of the user and 4 of the item, with history items of 4 floats. */
class HistoryAnalysisTest {
    private static final int WIDTH = 12;
    private static final LocalActivationSettings UNIT =
            new LocalActivationSettings(List.of(6, 3), Activation.RELU, false, false);

    private static BitSet userColumns() {
        BitSet columns = new BitSet();
        columns.set(0, 8);
        return columns;
    }

    private static Graph graph(Function<GraphBuilder, Node> attended) {
        GraphBuilder network = new GraphBuilder(WIDTH, 4, 0, new Seed(1), LinearInitialization.FAN_IN_UNIFORM);
        return network.build(
                network.linear("output", network.concatenate(network.fields(), attended.apply(network)), 1));
    }

    private static Node item(GraphBuilder network) {
        return network.slice(network.fields(), 8, 4);
    }

    private static Set<Dependence> dependences(Graph graph) {
        return EnumSet.copyOf(RankingNetwork.dependences(graph, userColumns(), WIDTH));
    }

    private static Dependence dependence(Graph graph, Class<?> operation) {
        List<Dependence> all = RankingNetwork.dependences(graph, userColumns(), WIDTH);
        return graph.nodes().stream()
                .filter(node -> operation.isInstance(node.operation()))
                .map(node -> all.get(node.number()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void attentionToTheItemDependsOnTheHistoryItemAndTheItem() {
        Graph graph = graph(network -> LocalActivationUnit.of(network, "attention", item(network), UNIT));
        assertThat(dependences(graph)).contains(Dependence.HISTORY_ITEM, Dependence.HISTORY_PAIR);
        assertThat(dependence(graph, HistoryProduct.class)).isEqualTo(Dependence.HISTORY_PAIR);
        assertThat(dependence(graph, HistoryAggregate.class)).isEqualTo(Dependence.BOTH);
    }

    @Test
    void aSoftmaxOverTheHistoryEndsIt() {
        LocalActivationSettings softmax = new LocalActivationSettings(List.of(6), Activation.RELU, false, true);
        Graph graph = graph(network -> LocalActivationUnit.of(network, "attention", item(network), softmax));
        assertThat(dependence(graph, HistoryProduct.class)).isEqualTo(Dependence.HISTORY_PAIR);
        assertThat(dependence(graph, HistorySoftmax.class)).isEqualTo(Dependence.BOTH);
    }

    @Test
    void nothingIsSharedWhereTheTargetSeesTheUser() {
        assertUnshared(graph(network ->
                LocalActivationUnit.of(network, "attention", network.linear("target", network.fields(), 4), UNIT)));
    }

    @Test
    void nothingIsSharedWhereTheHistoryItemKnowsItsPlace() {
        assertUnshared(graph(network -> {
            Node items = network.add(
                    new HistoryPositions(network.parameter("place", new Initialization.Normal(1), 4, 4, 5, 4)),
                    network.history());
            Node weights = network.linear("weight", network.add(new HistoryProduct(), item(network), items), 1);
            return network.add(new HistoryAggregate(), weights, items);
        }));
    }

    /** The rest needs as many floats of a history item with an item as there are to compute. */
    @Test
    void nothingIsSharedWhereItIsTooWide() {
        assertUnshared(graph(network -> {
            Node items = network.history();
            Node wide =
                    network.tanh(network.linear("wide", network.add(new HistoryProduct(), item(network), items), 20));
            Node weights = network.add(new HistorySoftmax(), network.linear("weight", wide, 1));
            Node ofUser = network.linear("user", network.slice(network.fields(), 0, 8), 20);
            Node seen = network.tanh(network.add(new HistorySum(), wide, ofUser, network.linear("items", items, 20)));
            Node others = network.linear("others", seen, 1);
            return network.concatenate(
                    network.add(new HistoryAggregate(), weights, items),
                    network.add(new HistoryAggregate(), others, items));
        }));
    }

    private static void assertUnshared(Graph graph) {
        assertThat(dependences(graph)).doesNotContain(Dependence.HISTORY_ITEM, Dependence.HISTORY_PAIR);
        assertThat(dependence(graph, HistoryProduct.class)).isEqualTo(Dependence.BOTH);
    }
}

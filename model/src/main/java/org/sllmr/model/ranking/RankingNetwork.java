// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.List;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.engine.Network;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Histories;

/**
 * A trained network for ranking: one user with many items, in three parts of which only the last sees both.
 *
 * <p>The logits are those of the network's rows within rounding: sums are taken in another order. Their bits depend on the user
 * and the item only.
 */
public final class RankingNetwork {
    /** Items of a block, so many that what is done once a block is little, and their intermediate values stay in cache. */
    static final int BLOCK = 144;

    private final RankingPart users;
    private final RankingPart items;
    private final RankingPart pairs;
    private final boolean paired;

    /** What a value of a network depends on, and so how often ranking computes it. */
    public enum Dependence {
        /** On the user: computed once a user. */
        USER,
        /** On an item of a history, whose ever it is: computed once for each of such items. */
        HISTORY_ITEM,
        /** On an item of a history, whose ever it is, and on the item: computed once for each of such items with every item. */
        HISTORY_PAIR,
        /** On the item: computed once an item. */
        ITEM,
        /** A sum of a part of the user and a part of the item, each computed once. */
        SUM,
        /** On both: computed for every user with every item. */
        BOTH
    }

    /**
     * What depends on one user alone.
     *
     * @param values outputs of the user's part
     * @param historyItems length of the user's history
     */
    public record User(List<float[]> values, int historyItems) {}

    /**
     * Takes a network as it is now.
     *
     * @param userColumns elements of a row's fields that depend on the user; the others depend on the item
     * @param width number of elements
     */
    public RankingNetwork(Network network, BitSet userColumns, int width, EngineKernels engine) {
        float[] statistics = network.copyStatistics();
        Derived derived = new Derived(network.copyParameters());
        Analysis analysis = new Analysis(network.graph(), derived, statistics, userColumns, others(userColumns, width));
        analysis.logits();
        float[] parameters = derived.block();
        this.users = new RankingPart(analysis.users, network.graph(), parameters, statistics, engine);
        this.items = new RankingPart(analysis.items, network.graph(), parameters, statistics, engine);
        this.pairs = new RankingPart(analysis.pairs, network.graph(), parameters, statistics, engine);
        this.paired = analysis.pairs.nodes().stream().anyMatch(node -> node.axis() == Axis.PAIRS);
    }

    /**
     * What each value of a network depends on, by its number.
     *
     * @param userColumns elements of a row's fields that depend on the user; the others depend on the item
     * @param width number of elements
     */
    public static List<Dependence> dependences(Graph graph, BitSet userColumns, int width) {
        Analysis analysis = new Analysis(
                graph,
                new Derived(graph.parameters().start()),
                graph.statistics().start(),
                userColumns,
                others(userColumns, width));
        analysis.logits();
        Dependences dependences = new Dependences(analysis);
        return graph.nodes().stream().map(dependences::of).toList();
    }

    static BitSet others(BitSet columns, int width) {
        BitSet others = new BitSet();
        others.set(0, width);
        others.andNot(columns);
        return others;
    }

    /** A good number of items of a block. */
    public int blockSize() {
        return BLOCK;
    }

    /** Memory in which one thread can compute, beside others. */
    public Run newRun() {
        return new Run();
    }

    /** Computes in memory of its own. */
    public final class Run implements ItemsPart {
        private final RankingPart.Run userRun = users.newRun();
        private final RankingPart.Run itemRun = items.newRun();
        private final RankingPart.Run pairRun = pairs.newRun();
        private final List<RankingPart.Link> usersToPairs = pairs.links(users);
        private final List<RankingPart.Link> itemsToPairs = pairs.links(items);
        private final float[] nothing = new float[Products.SLACK];
        private Histories histories = Histories.NONE;
        private int historiesRows;

        private Run() {}

        /**
         * Computes what depends on a user alone.
         *
         * @param fields embeddings of all fields of a row, 0 for those of the item; {@link Products#SLACK} floats must follow
         * @param history embeddings of the history items, the oldest first; {@link Products#SLACK} floats must follow
         * @param historyItems number of history items
         */
        public User user(float[] fields, float[] history, int historyItems) {
            userRun.own(fields, history);
            userRun.forward(1, Histories.all(1, historyItems));
            return new User(userRun.copies(1, historyItems), historyItems);
        }

        @Override
        public List<float[]> items(float[] fields, int count) {
            itemRun.own(fields, nothing);
            itemRun.forward(count, Histories.NONE);
            return itemRun.copies(count, 0);
        }

        /**
         * The logits of a user with some items, without the first-order weights.
         *
         * @param user from {@link #user}
         * @param of from {@link #items}
         * @param ofPairs what the network's input of pairs is for the user with each item; {@link Products#SLACK} floats must
         *     follow; not read where there is no such input
         * @param target receives one an item
         */
        public void logits(User user, List<float[]> of, float[] ofPairs, int count, float[] target) {
            pairRun.own(ofPairs, nothing);
            pairRun.linked(usersToPairs, user.values());
            pairRun.linked(itemsToPairs, of);
            if (paired && (histories.items() != user.historyItems() || historiesRows != count)) {
                histories = Histories.all(count, user.historyItems());
                historiesRows = count;
            }
            pairRun.forward(count, histories);
            System.arraycopy(pairRun.value(0), 0, target, 0, count);
        }
    }
}

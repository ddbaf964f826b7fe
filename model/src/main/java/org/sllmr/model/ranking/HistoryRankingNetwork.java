// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.ranking;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.engine.Network;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Histories;

/**
 * A trained network for ranking many users: as {@link RankingNetwork}, with two more parts. One depends on an item of a history
 * alone, the other on such an item and the candidate alone. What they compute is the same for all users who have the item.
 *
 * <p>The logits have the bits of those of {@link RankingNetwork}.
 */
public final class HistoryRankingNetwork {
    private final RankingPart users;
    private final RankingPart items;
    private final RankingPart historyItems;
    private final RankingPart historyPairs;
    private final RankingPart pairs;

    private HistoryRankingNetwork(
            Network network,
            Analysis analysis,
            HistoryParts parts,
            float[] parameters,
            float[] statistics,
            EngineKernels engine) {
        this.users = new RankingPart(parts.users, network.graph(), parameters, statistics, engine);
        this.items = new RankingPart(analysis.items, network.graph(), parameters, statistics, engine);
        this.historyItems = new RankingPart(parts.historyItems, network.graph(), parameters, statistics, engine);
        this.historyPairs = new RankingPart(parts.historyPairs, network.graph(), parameters, statistics, engine);
        this.pairs = new RankingPart(parts.pairs, network.graph(), parameters, statistics, engine);
    }

    /**
     * Takes a network as it is now.
     *
     * @param userColumns elements of a row's fields that depend on the user; the others depend on the item
     * @param width number of elements
     * @return nothing if no value of it depends on a history item and the candidate alone
     */
    public static Optional<HistoryRankingNetwork> of(
            Network network, BitSet userColumns, int width, EngineKernels engine) {
        if (network.graph().nodes().stream().noneMatch(node -> node.axis() == Axis.PAIRS)) {
            return Optional.empty();
        }
        float[] statistics = network.copyStatistics();
        Derived derived = new Derived(network.copyParameters());
        Analysis analysis = new Analysis(
                network.graph(), derived, statistics, userColumns, RankingNetwork.others(userColumns, width));
        analysis.logits();
        HistoryAnalysis found = new HistoryAnalysis(analysis);
        return found.isFound()
                ? Optional.of(new HistoryRankingNetwork(
                        network, analysis, new HistoryParts(analysis, found), derived.block(), statistics, engine))
                : Optional.empty();
    }

    /** A good number of items of a block. */
    public int blockSize() {
        return RankingNetwork.BLOCK;
    }

    /** Most floats that are kept of a user with that many history items. */
    public int userFloats(int history) {
        return users.floats(history);
    }

    /** Floats that are kept of a history item, by value. */
    public List<Integer> historyItemFloats() {
        return historyItems.widths();
    }

    /** Floats that are kept of a history item with a candidate, by value. */
    public List<Integer> historyPairFloats() {
        return historyPairs.widths();
    }

    /** Memory in which one thread can compute, beside others. */
    public Run newRun() {
        return new Run();
    }

    /** Computes in memory of its own. */
    public final class Run implements ItemsPart {
        private final RankingPart.Run userRun = users.newRun();
        private final RankingPart.Run itemRun = items.newRun();
        private final RankingPart.Run historyItemRun = historyItems.newRun();
        private final RankingPart.Run historyPairRun = historyPairs.newRun();
        private final RankingPart.Run pairRun = pairs.newRun();
        private final List<RankingPart.Link> itemsToHistoryPairs = historyPairs.links(items);
        private final List<RankingPart.Link> usersToPairs = pairs.links(users);
        private final List<RankingPart.Link> itemsToPairs = pairs.links(items);
        private final List<RankingPart.Link> historyItemsToPairs = pairs.links(historyItems);
        private final List<RankingPart.Link> historyPairsToPairs = pairs.links(historyPairs);
        private final float[] nothing = new float[Products.SLACK];
        private Histories histories = Histories.NONE;
        private int rows;

        private Run() {}

        /**
         * Computes what depends on a user alone.
         *
         * @param fields embeddings of all fields of a row, 0 for those of the item; {@link Products#SLACK} floats must follow
         * @param history embeddings of the history items, the oldest first; {@link Products#SLACK} floats must follow
         * @param count number of history items
         */
        public RankingNetwork.User user(float[] fields, float[] history, int count) {
            userRun.own(fields, history);
            userRun.forward(1, histories(1, count));
            return new RankingNetwork.User(userRun.copies(1, count), count);
        }

        @Override
        public List<float[]> items(float[] fields, int count) {
            itemRun.own(fields, nothing);
            itemRun.forward(count, Histories.NONE);
            return itemRun.copies(count, 0);
        }

        /**
         * Computes what depends on a history item alone.
         *
         * @param embeddings of the history items; {@link Products#SLACK} floats must follow
         * @return for each value {@code [count, floats]}
         */
        public List<float[]> historyItems(float[] embeddings, int count) {
            historyItemRun.own(nothing, embeddings);
            historyItemRun.forward(1, histories(1, count));
            return historyItemRun.copies(1, count);
        }

        /**
         * Computes what depends on a history item and a candidate alone.
         *
         * @param embeddings of the history items; {@link Products#SLACK} floats must follow
         * @param count number of history items
         * @param of from {@link #items}
         * @param candidates number of candidates
         * @return for each value {@code [candidates, count, floats]}
         */
        public List<float[]> historyPairs(float[] embeddings, int count, List<float[]> of, int candidates) {
            historyPairRun.own(nothing, embeddings);
            historyPairRun.linked(itemsToHistoryPairs, of);
            historyPairRun.forward(candidates, histories(candidates, count));
            return historyPairRun.copies(candidates, count);
        }

        /**
         * The logits of a user with some candidates, without the first-order weights.
         *
         * @param user from {@link #user}
         * @param of from {@link #items}
         * @param ofHistoryItems values from {@link #historyItems} of the user's history
         * @param ofHistoryPairs values from {@link #historyPairs} of the user's history with the candidates
         * @param ofPairs what the network's input of pairs is for the user with each candidate; {@link Products#SLACK} floats
         *     must follow; not read where there is no such input
         * @param target receives one a candidate
         */
        public void logits(
                RankingNetwork.User user,
                List<float[]> of,
                List<float[]> ofHistoryItems,
                List<float[]> ofHistoryPairs,
                float[] ofPairs,
                int count,
                float[] target) {
            pairRun.own(ofPairs, nothing);
            pairRun.linked(usersToPairs, user.values());
            pairRun.linked(itemsToPairs, of);
            pairRun.linked(historyItemsToPairs, ofHistoryItems);
            pairRun.linked(historyPairsToPairs, ofHistoryPairs);
            pairRun.forward(count, histories(count, user.historyItems()));
            System.arraycopy(pairRun.value(0), 0, target, 0, count);
        }

        private Histories histories(int newRows, int items) {
            if (histories.items() != items || rows != newRows) {
                histories = Histories.all(newRows, items);
                rows = newRows;
            }
            return histories;
        }
    }
}

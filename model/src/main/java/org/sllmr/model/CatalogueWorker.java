// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.ranking.RankingNetwork;

/** Scores blocks of users in one thread. */
final class CatalogueWorker {
    private final RankingNetwork.Run run;
    private final CatalogueItems items;
    private final SideRows rows;
    private final float[] fields;
    private final float[] pairs;
    private final float[] scores;

    /**
     * A user of the block under way.
     *
     * @param row index among all users
     * @param linear sum of first-order weights
     * @param state what the network computed
     * @param pairs what its pairs' floats are made of
     * @param asked scores of blocks that were asked for, by number of the block
     */
    private record User(
            int row, float linear, RankingNetwork.User state, SideRows.Pairs pairs, Map<Integer, float[]> asked) {}

    CatalogueWorker(RankingNetwork.Run run, CatalogueItems items, SideRows rows) {
        this.run = run;
        this.items = items;
        this.rows = rows;
        this.fields = new float[rows.width() + Products.SLACK];
        this.pairs = new float[items.size() * rows.pairWidth() + Products.SLACK];
        this.scores = new float[items.size()];
    }

    /** Scores users {@code [from, to)}, and tells after each block of items how many scores were made. */
    void score(
            InteractionLog log,
            int[] users,
            int[] positions,
            int[][] asked,
            int from,
            int to,
            CatalogueScorer.Receiver receiver,
            AtomicBoolean stopped,
            LongConsumer scored) {
        List<User> block = new ArrayList<>();
        for (int row = from; row < to; row++) {
            block.add(user(log, row, users[row], positions[row]));
        }
        answer(block, asked, receiver);
        for (int number = 0; number < items.blocks() && !stopped.get(); number++) {
            CatalogueItems.Block itemBlock = items.block(number, rows, run);
            for (User user : block) {
                float[] known = user.asked.remove(number);
                if (known == null) {
                    score(user, itemBlock, scores);
                }
                receiver.scores(user.row, itemBlock.first(), known == null ? scores : known, itemBlock.count());
            }
            scored.accept((long) block.size() * itemBlock.count());
        }
    }

    private User user(InteractionLog log, int row, int user, int position) {
        float linear = rows.user(log, user, position, fields);
        return new User(
                row, linear, run.user(fields, rows.history(), rows.historyItems()), rows.pairs(), new HashMap<>());
    }

    /** Scores the blocks of the items asked for, and keeps them. */
    private void answer(List<User> block, int[][] asked, CatalogueScorer.Receiver receiver) {
        for (int number = 0; number < items.blocks(); number++) {
            CatalogueItems.Block itemBlock = null;
            for (User user : block) {
                if (isAsked(asked[user.row], number)) {
                    itemBlock = itemBlock == null ? items.block(number, rows, run) : itemBlock;
                    float[] made = new float[items.size()];
                    score(user, itemBlock, made);
                    user.asked.put(number, made);
                }
            }
        }
        for (User user : block) {
            int[] wanted = asked[user.row];
            float[] answers = new float[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                float[] made = user.asked.get(wanted[i] / items.size());
                if (made == null || wanted[i] < 0 || wanted[i] >= items.count()) {
                    throw new IllegalArgumentException("item " + wanted[i] + " is not in the catalogue");
                }
                answers[i] = made[wanted[i] % items.size()];
            }
            receiver.asked(user.row, answers);
        }
    }

    private boolean isAsked(int[] wanted, int number) {
        for (int item : wanted) {
            if (item / items.size() == number) {
                return true;
            }
        }
        return false;
    }

    private void score(User user, CatalogueItems.Block block, float[] target) {
        if (rows.pairWidth() > 0) {
            user.pairs.write(block.first(), block.count(), pairs);
        }
        run.logits(user.state, block.state(), pairs, block.count(), target);
        float[] linear = block.linear();
        for (int i = 0; i < linear.length; i++) {
            target[i] += user.linear + linear[i];
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.layer.NativeFloats;
import org.sllmr.model.network.Network;
import org.sllmr.model.pair.PairNetwork;

/** Scores blocks of users in one thread. */
final class CatalogueWorker implements AutoCloseable {
    private final PairNetwork network;
    private final CatalogueItems items;
    private final SideRows rows;
    private final NativeFloats userMemory = new NativeFloats();
    private final NativeFloats historyMemory = new NativeFloats();
    private final NativeFloats itemMemory = new NativeFloats();
    private final float[] fields;
    private final float[] scores;

    /**
     * A user of the block under way.
     *
     * @param row index among all users
     * @param linear sum of first-order weights
     * @param state what the network computed, retained
     * @param asked scores of blocks that were asked for, by number of the block
     */
    private record User(int row, float linear, List<Tensor> state, Map<Integer, float[]> asked) {}

    CatalogueWorker(PairNetwork network, CatalogueItems items, SideRows rows) {
        this.network = network;
        this.items = items;
        this.rows = rows;
        this.fields = new float[rows.userWidth()];
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
        try {
            for (int row = from; row < to; row++) {
                block.add(user(log, row, users[row], positions[row]));
            }
            answer(block, asked, receiver);
            for (int number = 0; number < items.blocks() && !stopped.get(); number++) {
                CatalogueItems.Block itemBlock = items.block(number, rows, itemMemory);
                for (User user : block) {
                    float[] known = user.asked.remove(number);
                    if (known == null) {
                        score(user, itemBlock, scores);
                    }
                    receiver.scores(user.row, itemBlock.first(), known == null ? scores : known, itemBlock.count());
                }
                items.done(number, itemBlock);
                scored.accept((long) block.size() * itemBlock.count());
            }
        } finally {
            block.forEach(user -> user.state.forEach(Tensor::releaseReference));
        }
    }

    private User user(InteractionLog log, int row, int user, int position) {
        float linear = rows.user(log, user, position, fields);
        List<Tensor> state = new ArrayList<>();
        Network.infer(() -> {
            Tensor history = historyMemory.tensor(rows.history(), rows.historyItems(), rows.historyWidth());
            for (Tensor tensor : network.user(userMemory.tensor(fields, 1, rows.userWidth()), history)) {
                tensor.retainReference();
                state.add(tensor);
            }
        });
        return new User(row, linear, state, new HashMap<>());
    }

    /** Scores the blocks of the items asked for, and keeps them. */
    private void answer(List<User> block, int[][] asked, CatalogueScorer.Receiver receiver) {
        for (int number = 0; number < items.blocks(); number++) {
            CatalogueItems.Block itemBlock = null;
            for (User user : block) {
                if (isAsked(asked[user.row], number)) {
                    itemBlock = itemBlock == null ? items.block(number, rows, itemMemory) : itemBlock;
                    float[] made = new float[items.size()];
                    score(user, itemBlock, made);
                    user.asked.put(number, made);
                }
            }
            if (itemBlock != null) {
                items.done(number, itemBlock);
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
        Network.infer(() -> network.logits(user.state, block.state())
                .contiguous()
                .data_ptr_float()
                .get(target, 0, items.size()));
        float[] linear = block.linear();
        for (int i = 0; i < linear.length; i++) {
            target[i] += user.linear + linear[i];
        }
    }

    @Override
    public void close() {
        userMemory.close();
        historyMemory.close();
        itemMemory.close();
    }
}

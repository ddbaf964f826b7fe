// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.pytorch.Tensor;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.layer.NativeFloats;
import org.sllmr.model.network.Network;
import org.sllmr.model.pair.PairNetwork;

/**
 * A catalogue in blocks of one size, the last one filled up with zeros, and what a network computes of the items alone.
 *
 * <p>Matrix products choose their kernels by the shape of the matrix; with one shape, and each item always at the same place
 * of the same block, a score cannot tell how it came about.
 */
final class CatalogueItems implements AutoCloseable {
    /** Blocks are multiples of this. */
    private static final int GRAIN = 16;

    private final PairNetwork network;
    private final int count;
    private final int size;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReferenceArray<Block> kept;

    /**
     * A block of items.
     *
     * @param first its first item
     * @param count number of its items
     * @param linear sums of first-order weights, one an item
     * @param state what the network computed, retained
     */
    record Block(int first, int count, float[] linear, List<Tensor> state) {
        void release() {
            state.forEach(Tensor::releaseReference);
        }

        long bytes() {
            return state.stream()
                    .mapToLong(tensor -> tensor.numel() * Float.BYTES)
                    .sum();
        }
    }

    /**
     * Cuts a catalogue into blocks.
     *
     * @param most bytes of blocks to keep
     */
    CatalogueItems(PairNetwork network, int count, long most) {
        this.network = network;
        this.count = count;
        this.most = most;
        int blocks = Math.max(1, (count + network.mostItems() - 1) / network.mostItems());
        int even = Math.max(1, (count + blocks - 1) / blocks);
        this.size = (even + GRAIN - 1) / GRAIN * GRAIN;
        this.kept = new AtomicReferenceArray<>((count + size - 1) / size);
    }

    /** Number of items. */
    int count() {
        return count;
    }

    /** Items of a block. */
    int size() {
        return size;
    }

    /** Number of blocks. */
    int blocks() {
        return kept.length();
    }

    /** A block, made with the caller's memory unless it was kept; to be given back with {@link #done}. */
    Block block(int number, SideRows rows, NativeFloats memory) {
        Block block = kept.get(number);
        if (block != null) {
            return block;
        }
        block = make(number, rows, memory);
        if (bytes.addAndGet(block.bytes()) <= most) {
            if (kept.compareAndSet(number, null, block)) {
                return block;
            }
            // Another thread has made the same block, with the same bits.
            bytes.addAndGet(-block.bytes());
            block.release();
            return kept.get(number);
        }
        bytes.addAndGet(-block.bytes());
        return block;
    }

    /** Gives a block back, which is freed unless it is kept. */
    @SuppressWarnings("ReferenceEquality") // memory belongs to the very block, not to an equal one
    void done(int number, Block block) {
        if (kept.get(number) != block) {
            block.release();
        }
    }

    private Block make(int number, SideRows rows, NativeFloats memory) {
        int first = number * size;
        int length = Math.min(size, count - first);
        int width = rows.itemWidth();
        float[] fields = new float[size * width];
        float[] linear = new float[length];
        for (int i = 0; i < length; i++) {
            linear[i] = rows.item(first + i, fields, i * width);
        }
        List<Tensor> state = new ArrayList<>();
        Network.infer(() -> {
            for (Tensor tensor : network.items(memory.tensor(fields, size, width))) {
                tensor.retainReference();
                state.add(tensor);
            }
        });
        return new Block(first, length, linear, state);
    }

    @Override
    public void close() {
        for (int number = 0; number < kept.length(); number++) {
            Block block = kept.getAndSet(number, null);
            if (block != null) {
                block.release();
            }
        }
    }
}

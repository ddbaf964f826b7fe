// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.sllmr.model.batch.SideRows;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.ranking.ItemsPart;

/** A catalogue in blocks, and what a network computes of the items alone. */
final class CatalogueItems {
    private final int count;
    private final int size;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReferenceArray<Block> kept;

    /**
     * A block of items.
     *
     * @param first its first item, or -1 if they do not follow each other
     * @param linear sums of first-order weights, one an item
     * @param state what the network computed
     */
    record Block(int first, float[] linear, List<float[]> state) {
        /** Number of items. */
        int count() {
            return linear.length;
        }

        long bytes() {
            return state.stream()
                    .mapToLong(array -> (long) array.length * Float.BYTES)
                    .sum();
        }
    }

    /**
     * Cuts a catalogue into blocks.
     *
     * @param block most items of a block
     * @param most bytes of blocks to keep
     */
    CatalogueItems(int block, int count, long most) {
        this.count = count;
        this.most = most;
        int blocks = Math.max(1, (count + block - 1) / block);
        this.size = Math.max(1, (count + blocks - 1) / blocks);
        this.kept = new AtomicReferenceArray<>((count + size - 1) / size);
    }

    /** Number of items. */
    int count() {
        return count;
    }

    /** Items of a block; the last one may have fewer. */
    int size() {
        return size;
    }

    /** Number of blocks. */
    int blocks() {
        return kept.length();
    }

    /** A block, which is computed unless it was kept. */
    Block block(int number, SideRows rows, ItemsPart part) {
        Block block = kept.get(number);
        if (block != null) {
            return block;
        }
        block = make(number, rows, part);
        if (bytes.addAndGet(block.bytes()) > most || !kept.compareAndSet(number, null, block)) {
            // There is no room, or another thread has made the same block, with the same bits.
            bytes.addAndGet(-block.bytes());
        }
        return block;
    }

    /**
     * Some items, which need not follow each other, as a block of their own.
     *
     * @return what was kept of them; empty unless all of it was
     */
    Optional<Block> kept(int[] numbers) {
        float[] linear = new float[numbers.length];
        List<float[]> state = new ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            Block block = kept.get(numbers[i] / size);
            if (block == null) {
                return Optional.empty();
            }
            int row = numbers[i] - block.first();
            linear[i] = block.linear()[row];
            for (int value = 0; value < block.state().size(); value++) {
                float[] source = block.state().get(value);
                int width = (source.length - Products.SLACK) / block.count();
                if (i == 0) {
                    state.add(new float[numbers.length * width + Products.SLACK]);
                }
                System.arraycopy(source, row * width, state.get(value), i * width, width);
            }
        }
        return Optional.of(new Block(-1, linear, state));
    }

    private Block make(int number, SideRows rows, ItemsPart part) {
        int first = number * size;
        int[] numbers = IntStream.range(first, Math.min(first + size, count)).toArray();
        return make(first, numbers, rows, part);
    }

    /** Some items, which need not follow each other, as a block of their own that is not kept. */
    static Block of(int[] numbers, SideRows rows, ItemsPart part) {
        return make(-1, numbers, rows, part);
    }

    private static Block make(int first, int[] numbers, SideRows rows, ItemsPart part) {
        float[] linear = new float[numbers.length];
        float[] fields = new float[linear.length * rows.width() + Products.SLACK];
        for (int i = 0; i < linear.length; i++) {
            linear[i] = rows.item(numbers[i], fields, i * rows.width());
        }
        return new Block(first, linear, part.items(fields, linear.length));
    }
}

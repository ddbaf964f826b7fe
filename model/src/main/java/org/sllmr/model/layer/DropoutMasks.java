// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.data.Seed;

/**
 * The dropout masks of one batch, drawn from the seed alone.
 *
 * <p>Each mask has its own branch of the seed and is drawn row by row, so rows that come first get the same masks
 * whatever rows follow. A factor is 0 with the dropout rate, to a resolution of 2^-16, and else 1 / (1 - rate).
 */
public final class DropoutMasks implements AutoCloseable {
    private final List<Mask> masks;
    private final NativeFloats block = new NativeFloats();
    private float[] values = new float[0];
    private int rows;

    /**
     * A dropout layer's mask.
     *
     * @param rate probability that a value is dropped, 0 to below 1
     * @param width values a row
     */
    public record Mask(double rate, int width) {}

    /** Masks of the layers in that order. */
    public DropoutMasks(List<Mask> masks) {
        this.masks = masks;
    }

    /** Draws fresh masks. */
    public void draw(int batchRows, Seed seed) {
        rows = batchRows;
        int size = 0;
        for (Mask mask : masks) {
            size += rows * mask.width();
        }
        if (size == 0) {
            return;
        }
        if (values.length < size) {
            values = new float[size];
        }
        int at = 0;
        for (int number = 0; number < masks.size(); number++) {
            Mask mask = masks.get(number);
            fill(mask, at, seed.child(number).generator());
            at += rows * mask.width();
        }
        try (PointerScope scope = new PointerScope()) {
            block.pointer(size).put(values, 0, size);
        }
    }

    private void fill(Mask mask, int at, RandomGenerator generator) {
        int threshold = (int) Math.round(mask.rate() * 0x10000);
        float kept = (float) (1 / (1 - mask.rate()));
        int end = at + rows * mask.width();
        while (at < end) {
            long bits = generator.nextLong();
            for (int i = 0; i < 4 && at < end; i++) {
                values[at++] = (bits & 0xffff) < threshold ? 0 : kept;
                bits >>>= 16;
            }
        }
    }

    /** A mask as a tensor {@code [rows, width]}. */
    Tensor tensor(int number) {
        long at = 0;
        for (Mask mask : masks.subList(0, number)) {
            at += (long) rows * mask.width();
        }
        return torch.from_blob(
                block.pointer(0).getPointer(at), rows, masks.get(number).width());
    }

    @Override
    public void close() {
        block.close();
    }
}

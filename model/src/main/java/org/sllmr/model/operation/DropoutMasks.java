// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * The dropout masks of one batch, drawn from the seed alone.
 *
 * <p>Each mask has its own branch of the seed and is drawn row by row, so rows that come first get the same masks
 * whatever rows follow. A factor is 0 with the dropout rate, to a resolution of 2^-16, and else 1 / (1 - rate).
 */
public final class DropoutMasks {
    private final List<Mask> masks;
    private final int[] offsets;
    private float[] values = new float[0];

    /**
     * A dropout layer's mask.
     *
     * @param rate probability that a value is dropped, 0 to below 1
     * @param width values a row
     */
    public record Mask(double rate, int width) {}

    /** Masks of the layers in that order. */
    public DropoutMasks(List<Mask> masks) {
        this.masks = List.copyOf(masks);
        this.offsets = new int[masks.size()];
    }

    /** Draws fresh masks. */
    public void draw(int rows, Seed seed) {
        int size = 0;
        for (int number = 0; number < offsets.length; number++) {
            offsets[number] = size;
            size = Math.addExact(
                    size, Math.multiplyExact(rows, masks.get(number).width()));
        }
        if (values.length < size) {
            values = new float[size];
        }
        for (int number = 0; number < offsets.length; number++) {
            Mask mask = masks.get(number);
            fill(mask, offsets[number], rows, seed.child(number).generator());
        }
    }

    private void fill(Mask mask, int from, int rows, RandomGenerator generator) {
        int threshold = (int) Math.round(mask.rate() * 0x10000);
        float kept = (float) (1 / (1 - mask.rate()));
        int at = from;
        int end = at + rows * mask.width();
        while (at < end) {
            long bits = generator.nextLong();
            for (int i = 0; i < 4 && at < end; i++) {
                values[at++] = (bits & 0xffff) < threshold ? 0 : kept;
                bits >>>= 16;
            }
        }
    }

    /** The factors of all masks. */
    float[] values() {
        return values;
    }

    /** The first factor of a mask, {@code [rows, width]}, in {@link #values}. */
    int offset(int number) {
        return offsets[number];
    }
}

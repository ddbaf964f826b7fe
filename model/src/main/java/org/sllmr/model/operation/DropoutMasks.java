// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.sllmr.data.Seed;

/**
 * The dropout masks of one batch, drawn from the seed alone.
 *
 * <p>Each mask has its own branch of the seed and is drawn vector by vector, so rows and history items that come first get the same masks
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
     * @param width values a vector
     * @param on what there is a vector for: a row or a history item
     */
    public record Mask(double rate, int width, Axis on) {
        int vectors(int rows, int historyItems) {
            return on == Axis.HISTORY ? historyItems : rows;
        }
    }

    /** Masks of the layers in that order. */
    public DropoutMasks(List<Mask> masks) {
        this.masks = List.copyOf(masks);
        this.offsets = new int[masks.size()];
    }

    /** Draws fresh masks. */
    public void draw(int rows, int historyItems, Seed seed) {
        int size = 0;
        for (int number = 0; number < offsets.length; number++) {
            offsets[number] = size;
            size = Math.addExact(
                    size,
                    Math.multiplyExact(
                            masks.get(number).vectors(rows, historyItems),
                            masks.get(number).width()));
        }
        if (values.length < size) {
            values = new float[size];
        }
        for (int number = 0; number < offsets.length; number++) {
            Mask mask = masks.get(number);
            fill(
                    mask,
                    offsets[number],
                    mask.vectors(rows, historyItems),
                    seed.child(number).generator());
        }
    }

    private void fill(Mask mask, int from, int vectors, RandomGenerator generator) {
        int threshold = (int) Math.round(mask.rate() * 0x10000);
        int kept = Float.floatToRawIntBits((float) (1 / (1 - mask.rate())));
        int at = from;
        int end = at + vectors * mask.width();
        for (; at + 4 <= end; at += 4) {
            long bits = generator.nextLong();
            values[at] = factor((int) bits & 0xffff, threshold, kept);
            values[at + 1] = factor((int) (bits >>> 16) & 0xffff, threshold, kept);
            values[at + 2] = factor((int) (bits >>> 32) & 0xffff, threshold, kept);
            values[at + 3] = factor((int) (bits >>> 48), threshold, kept);
        }
        if (at < end) {
            long bits = generator.nextLong();
            for (; at < end; at++) {
                values[at] = factor((int) bits & 0xffff, threshold, kept);
                bits >>>= 16;
            }
        }
    }

    /** 0 for a draw below the threshold, else the float of those bits; without a branch, which processors would guess wrong. */
    private static float factor(int draw, int threshold, int kept) {
        return Float.intBitsToFloat(kept & ~((draw - threshold) >> 31));
    }

    /** The factors of all masks. */
    float[] values() {
        return values;
    }

    /** The first factor of a mask, {@code [vectors, width]}, in {@link #values}. */
    int offset(int number) {
        return offsets[number];
    }
}

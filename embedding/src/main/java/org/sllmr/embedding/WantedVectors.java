// SPDX-License-Identifier: Apache-2.0
package org.sllmr.embedding;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.teacher.vector.Embeddings;

/** The vectors that a catalogue needs: one for each distinct text, stored at the first item with the text. */
final class WantedVectors {
    private final int dimension;

    /** The first item with the same text as each item; -1 for a blank text. */
    private final int[] firstOf;

    private final Map<TextKey, Integer> items = new HashMap<>();
    private final TextKey[] keys;
    private final float[] values;
    private final boolean[] known;
    private final boolean[] stored;
    private int loaded;

    /**
     * The vectors for one text per item.
     *
     * @throws InvalidInputException if they do not fit into one array
     */
    WantedVectors(List<String> texts, int dimension) {
        int numbers = ArraySize.of(
                ArraySize.product(texts.size(), dimension),
                "items",
                "values in the vectors of " + texts.size() + " items",
                "drop items without interactions (split.keepUnseenItems)");
        this.dimension = dimension;
        this.firstOf = new int[texts.size()];
        this.keys = new TextKey[texts.size()];
        this.values = new float[numbers];
        this.known = new boolean[texts.size()];
        this.stored = new boolean[texts.size()];
        for (int item = 0; item < firstOf.length; item++) {
            firstOf[item] = texts.get(item).isBlank() ? -1 : first(item, texts.get(item));
        }
    }

    private int first(int item, String text) {
        TextKey key = TextKey.of(text);
        Integer before = items.putIfAbsent(key, item);
        if (before == null) {
            keys[item] = key;
            return item;
        }
        return before;
    }

    /** Number of distinct texts. */
    int texts() {
        return items.size();
    }

    /** Number of texts whose vectors came from a file. */
    int loaded() {
        return loaded;
    }

    /** The item at which the vector of a key is stored, or -1 if it is not wanted. */
    int item(TextKey key) {
        return items.getOrDefault(key, -1);
    }

    TextKey key(int item) {
        return keys[item];
    }

    boolean isKnown(int item) {
        return known[item];
    }

    boolean isStored(int item) {
        return stored[item];
    }

    /** Notes that the file has the vector of an item. */
    void stored(int item) {
        stored[item] = true;
    }

    /** Items whose vectors are missing, in rising order. */
    int[] missing() {
        return IntStream.range(0, firstOf.length)
                .filter(item -> firstOf[item] == item && !known[item])
                .toArray();
    }

    /** Reads the vector of an item from a buffer. */
    void read(int item, ByteBuffer bytes, int at) {
        bytes.slice(at, dimension * Float.BYTES)
                .order(bytes.order())
                .asFloatBuffer()
                .get(values, item * dimension, dimension);
        loaded += known[item] ? 0 : 1;
        known[item] = true;
    }

    /** Computes the vector of an item. */
    void compute(int item, String text, TextEncoder encoder) {
        encoder.encode(text, values, item * dimension);
        known[item] = true;
    }

    void write(int item, ByteBuffer bytes) {
        bytes.asFloatBuffer().put(values, item * dimension, dimension);
        bytes.position(bytes.position() + dimension * Float.BYTES);
    }

    /** The vectors of all items; all must be known. */
    Embeddings embeddings() {
        boolean[] present = new boolean[firstOf.length];
        for (int item = 0; item < firstOf.length; item++) {
            int first = firstOf[item];
            present[item] = first >= 0;
            if (present[item] && first != item) {
                System.arraycopy(values, first * dimension, values, item * dimension, dimension);
            }
        }
        return new Embeddings(dimension, present, values);
    }
}

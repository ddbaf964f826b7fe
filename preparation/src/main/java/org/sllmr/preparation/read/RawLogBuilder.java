// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Column;
import org.sllmr.data.ColumnBuilder;
import org.sllmr.data.VocabularyBuilder;

/** Collects a {@link RawLog} interaction by interaction. */
public final class RawLogBuilder {
    private final Places places;
    private final boolean withPositions;
    private final List<ColumnBuilder> contextFields;
    private final VocabularyBuilder userIds = new VocabularyBuilder();
    private final VocabularyBuilder itemIds = new VocabularyBuilder();
    private int[] users = new int[1024];
    private int[] items = new int[1024];
    private long[] times = new long[1024];
    private long[] positions;
    private int size;

    /** A log of interactions made in memory, ordered by time, without context fields. */
    public RawLogBuilder() {
        this(Places.inMemory("interaction"), false, List.of());
    }

    /**
     * An empty log.
     *
     * @param places where each row stands
     * @param withPositions whether positions settle the order within a user
     * @param contextFields names of the context fields
     */
    public RawLogBuilder(Places places, boolean withPositions, List<String> contextFields) {
        this.places = places;
        this.withPositions = withPositions;
        this.positions = new long[withPositions ? users.length : 0];
        this.contextFields = contextFields.stream().map(ColumnBuilder::new).toList();
    }

    /** Adds an interaction of a log without positions and context fields; the time is in seconds since 1970. */
    public RawLogBuilder add(String user, String item, long time) {
        return add(user, item, time, 0, List.of());
    }

    /**
     * Adds an interaction.
     *
     * @param user user id
     * @param item item id
     * @param time seconds since 1970, or {@link org.sllmr.data.InteractionLog#NO_TIME}
     * @param position what settles the order; ignored by a log without positions
     * @param context values of each context field
     */
    public RawLogBuilder add(String user, String item, long time, long position, List<List<String>> context) {
        if (context.size() != contextFields.size()) {
            throw new IllegalArgumentException(
                    context.size() + " values for " + contextFields.size() + " context fields");
        }
        if (size == users.length) {
            grow();
        }
        users[size] = userIds.add(user);
        items[size] = itemIds.add(item);
        times[size] = time;
        if (withPositions) {
            positions[size] = position;
        }
        for (int field = 0; field < context.size(); field++) {
            contextFields.get(field).add(context.get(field));
        }
        size++;
        return this;
    }

    /** Number of interactions so far. */
    public int size() {
        return size;
    }

    /** The interactions so far. */
    public RawLog build() {
        List<Column> columns = new ArrayList<>();
        contextFields.forEach(field -> columns.add(field.build()));
        return new RawLog(
                places,
                userIds.build(),
                itemIds.build(),
                Arrays.copyOf(users, size),
                Arrays.copyOf(items, size),
                Arrays.copyOf(times, size),
                Arrays.copyOf(positions, withPositions ? size : 0),
                columns);
    }

    private void grow() {
        int capacity = ArraySize.grown(
                size, size + 1L, "interactions", "interactions", "take those of fewer users or of a shorter time");
        users = Arrays.copyOf(users, capacity);
        items = Arrays.copyOf(items, capacity);
        times = Arrays.copyOf(times, capacity);
        positions = Arrays.copyOf(positions, withPositions ? capacity : 0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.util.ArrayList;
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
    private final IntChunks users = new IntChunks();
    private final IntChunks items = new IntChunks();
    private final LongChunks times = new LongChunks();
    private final LongChunks positions = new LongChunks();
    private final VocabularyBuilder groupIds = new VocabularyBuilder();
    private final IntChunks groups = new IntChunks();
    private final ByteChunks labels = new ByteChunks();
    private final ByteChunks parts = new ByteChunks();
    private boolean labelled;
    private boolean grouped;
    private boolean parted;
    private boolean anonymous;
    private int size;

    /** A log of interactions made in memory, sorted by time, without context fields. */
    public RawLogBuilder() {
        this(Places.inMemory("interaction"), false, List.of());
    }

    /**
     * An empty log.
     *
     * @param places the place of each row
     * @param withPositions whether a user's interactions are sorted by position
     * @param contextFields names of the context fields
     */
    public RawLogBuilder(Places places, boolean withPositions, List<String> contextFields) {
        this.places = places;
        this.withPositions = withPositions;
        this.contextFields =
                new ArrayList<>(contextFields.stream().map(ColumnBuilder::new).toList());
    }

    /** Says that rows have labels, and whether they also have impressions and users. */
    RawLogBuilder withLabels(boolean withGroups, boolean withUsers) {
        labelled = true;
        grouped = withGroups;
        anonymous = !withUsers;
        return this;
    }

    /** Says that each row is of a given part. */
    RawLogBuilder withParts() {
        parted = true;
        return this;
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
     * @param position the sort key; ignored by a log without positions
     * @param context values of each context field
     */
    public RawLogBuilder add(String user, String item, long time, long position, List<List<String>> context) {
        add(
                new String[] {user},
                new String[] {item},
                new long[] {time},
                new long[] {position},
                List.of(context),
                new Marks(new byte[1], new String[] {""}, new byte[1]),
                1);
        return this;
    }

    /**
     * What rows of a log with labels, impressions or parts have besides.
     *
     * @param labels 1 for a positive, 0 for a negative
     * @param groups ids of impressions
     * @param parts parts, as {@link RawLabels#TEST}
     */
    record Marks(byte[] labels, String[] groups, byte[] parts) {}

    /** Adds the first {@code count} interactions of the arrays in order. */
    void add(
            String[] users,
            String[] items,
            long[] times,
            long[] positions,
            List<List<List<String>>> contexts,
            Marks marks,
            int count) {
        if (count > ArraySize.LARGEST - size) {
            ArraySize.of(
                    (long) size + count, places.place(size), "interactions", "take fewer users or a shorter period");
        }
        int[] userNumbers = new int[count];
        int[] itemNumbers = new int[count];
        userIds.add(users, count, userNumbers);
        itemIds.add(items, count, itemNumbers);
        for (int row = 0; row < count; row++) {
            this.users.add(userNumbers[row]);
            this.items.add(itemNumbers[row]);
            this.times.add(times[row]);
            if (withPositions) {
                this.positions.add(positions[row]);
            }
            addContext(contexts.get(row));
            if (labelled) {
                labels.add(marks.labels()[row]);
            }
            if (parted) {
                parts.add(marks.parts()[row]);
            }
        }
        if (grouped) {
            int[] groupNumbers = new int[count];
            groupIds.add(marks.groups(), count, groupNumbers);
            for (int number : groupNumbers) {
                groups.add(number);
            }
        }
        size += count;
    }

    private void addContext(List<List<String>> context) {
        if (context.size() != contextFields.size()) {
            throw new IllegalArgumentException(
                    context.size() + " values for " + contextFields.size() + " context fields");
        }
        for (int field = 0; field < context.size(); field++) {
            contextFields.get(field).add(context.get(field));
        }
    }

    /** Number of interactions so far. */
    public int size() {
        return size;
    }

    /** The interactions; the builder is empty afterwards, and gives its memory back piece by piece. */
    public RawLog build() {
        size = 0;
        List<Column> columns = new ArrayList<>();
        while (!contextFields.isEmpty()) {
            Column column = contextFields.remove(0).build();
            columns.add(columns.isEmpty() ? column : column.sharingOffsets(columns.get(0)));
        }
        return new RawLog(
                places,
                userIds.build(),
                itemIds.build(),
                users.drain(),
                items.drain(),
                times.drain(),
                positions.drain(),
                columns,
                List.of(),
                new RawLabels(labels.drain(), groupIds.build(), groups.drain(), parts.drain(), anonymous));
    }
}

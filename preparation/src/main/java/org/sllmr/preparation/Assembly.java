// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumberColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.data.Vocabulary;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawItems;
import org.sllmr.preparation.read.RawLog;

/**
 * Numbers users and items and sorts the kept interactions.
 *
 * <p>Users are numbered in order of first appearance among the kept interactions. Items are numbered in the order of
 * the item file, followed by those that are not in it; without an item file, in order of first appearance.
 */
final class Assembly {
    private static final int USERS_AT_ONCE = 1024;
    private static final int ROWS_AT_ONCE = 1 << 16;

    private final RawLog log;
    private final int[] rows;
    private final Vocabulary userIds;
    private final int[] userOf;

    /** The first interaction of each user in the new order and, at the end, their number. */
    private final int[] offsets;

    private final Catalogue catalogue;
    private final int[] itemOf;

    Assembly(RawData data, int[] rows, boolean keepUnseenItems) {
        this.log = data.log();
        this.rows = rows;
        this.userOf = new int[log.userIds().size()];
        this.userIds = numberUsers();
        this.offsets = countOffsets();
        this.itemOf = new int[log.itemIds().size()];
        this.catalogue = numberItems(data.items(), keepUnseenItems);
    }

    Vocabulary userIds() {
        return userIds;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The first interaction of each user in the new order and, at the end, their number. */
    int[] offsets() {
        return offsets;
    }

    /** Index in the catalogue of the item of a raw row. */
    int item(int row) {
        return itemOf[log.items()[row]];
    }

    /** The kept rows, sorted by user and within a user by position or time; ties stay in the order of the source. */
    int[] sortedRows(Blocks blocks) throws InterruptedException {
        return sortedRows(log.positions().length > 0 ? log.positions() : log.times(), new byte[0], blocks);
    }

    /**
     * The kept rows, sorted by user and within a user by keys; ties stay in the order of the source.
     *
     * @param keys one of each raw row
     * @param parts of each raw row, sorted by before the keys; empty for none
     */
    int[] sortedRows(long[] keys, byte[] parts, Blocks blocks) throws InterruptedException {
        int[] sorted = new int[rows.length];
        int[] next = offsets.clone();
        for (int row : rows) {
            sorted[next[userOf[log.users()[row]]]++] = row;
        }
        List<long[]> leastFirst = new ArrayList<>(List.of(keys));
        if (parts.length > 0) {
            long[] wide = new long[parts.length];
            Arrays.setAll(wide, row -> parts[row]);
            leastFirst.add(wide);
        }
        blocks.run(userIds.size(), USERS_AT_ONCE, (from, to) -> {
            for (long[] column : leastFirst) {
                StableSort sort = new StableSort(column);
                for (int user = from; user < to; user++) {
                    sort.sort(sorted, offsets[user], offsets[user + 1]);
                }
            }
        });
        return sorted;
    }

    InteractionLog log(int[] sorted, Blocks blocks) throws InterruptedException {
        int[] items = new int[sorted.length];
        long[] times = new long[sorted.length];
        blocks.run(sorted.length, ROWS_AT_ONCE, (from, to) -> {
            for (int at = from; at < to; at++) {
                items[at] = itemOf[log.items()[sorted[at]]];
                times[at] = log.times()[sorted[at]];
            }
        });
        return InteractionLog.of(offsets, items, times);
    }

    List<Column> contextFields(int[] sorted) {
        List<Column> selected = new ArrayList<>();
        for (Column field : log.contextFields()) {
            Column column = Selection.of(field, sorted);
            selected.add(selected.isEmpty() ? column : column.sharingOffsets(selected.get(0)));
        }
        return selected;
    }

    List<NumberColumn> contextNumbers(int[] sorted) {
        return log.contextNumbers().stream()
                .map(number -> Selection.of(number, sorted))
                .toList();
    }

    private int[] countOffsets() {
        int[] offsets = new int[userIds.size() + 1];
        for (int row : rows) {
            offsets[userOf[log.users()[row]] + 1]++;
        }
        for (int user = 0; user < userIds.size(); user++) {
            offsets[user + 1] += offsets[user];
        }
        return offsets;
    }

    private Vocabulary numberUsers() {
        Arrays.fill(userOf, -1);
        List<String> ids = new ArrayList<>();
        for (int row : rows) {
            int user = log.users()[row];
            if (userOf[user] < 0) {
                userOf[user] = ids.size();
                ids.add(log.userIds().value(user));
            }
        }
        return new Vocabulary(ids);
    }

    private Catalogue numberItems(Optional<RawItems> source, boolean keepUnseenItems) {
        Arrays.fill(itemOf, -1);
        boolean[] seen = new boolean[itemOf.length];
        for (int row : rows) {
            seen[log.items()[row]] = true;
        }
        List<String> ids = new ArrayList<>();
        int[] origin = new int[0];
        if (source.isPresent()) {
            Vocabulary listed = source.get().catalogue().ids();
            origin = new int[listed.size()];
            for (int row = 0; row < listed.size(); row++) {
                int item = log.itemIds().indexOf(listed.value(row));
                boolean interacted = item >= 0 && seen[item];
                if (interacted) {
                    itemOf[item] = ids.size();
                }
                if (interacted || keepUnseenItems) {
                    origin[ids.size()] = row;
                    ids.add(listed.value(row));
                }
            }
        }
        int listed = ids.size();
        for (int row : rows) {
            int item = log.items()[row];
            if (itemOf[item] < 0) {
                itemOf[item] = ids.size();
                ids.add(log.itemIds().value(item));
            }
        }
        return select(source, ids, Arrays.copyOf(origin, ids.size()), listed);
    }

    private static Catalogue select(Optional<RawItems> source, List<String> ids, int[] origin, int listed) {
        Arrays.fill(origin, listed, origin.length, Selection.NONE);
        List<Column> fields = new ArrayList<>();
        List<Catalogue.TextColumn> texts = new ArrayList<>();
        List<NumberColumn> numbers = new ArrayList<>();
        List<VectorColumn> vectors = new ArrayList<>();
        source.ifPresent(items -> {
            items.catalogue().fields().forEach(field -> fields.add(Selection.of(field, origin)));
            items.catalogue().numbers().forEach(number -> numbers.add(Selection.of(number, origin)));
            items.catalogue().vectors().forEach(vector -> vectors.add(Selection.of(vector, origin)));
            for (Catalogue.TextColumn text : items.catalogue().texts()) {
                List<String> values = new ArrayList<>(origin.length);
                for (int row : origin) {
                    values.add(row == Selection.NONE ? "" : text.values().get(row));
                }
                texts.add(new Catalogue.TextColumn(text.name(), Collections.unmodifiableList(values)));
            }
        });
        return new Catalogue(new Vocabulary(ids), fields, texts, numbers, vectors);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Seed;
import org.sllmr.data.store.Contents;
import org.sllmr.preparation.read.RawLog;

/** Selects the interactions of a raw log that go into the dataset. */
final class RowFilter {
    private final RawLog log;
    private int[] rows;

    /** Keeps all rows at first. */
    RowFilter(RawLog log) {
        this.log = log;
        this.rows = new int[log.size()];
        Arrays.setAll(rows, row -> row);
    }

    /** The remaining rows, in the order of the source. */
    int[] rows() {
        return rows;
    }

    /** Handles interactions with items that are not in the catalogue. */
    void unknownItems(Catalogue catalogue, UnknownItems treatment) {
        boolean[] unknown = new boolean[log.itemIds().size()];
        int unknownItems = 0;
        for (int item = 0; item < unknown.length; item++) {
            unknown[item] = catalogue.ids().indexOf(log.itemIds().value(item)) < 0;
            unknownItems += unknown[item] ? 1 : 0;
        }
        if (unknownItems == 0) {
            return;
        }
        switch (treatment) {
            case FAIL -> failUnknown(unknown, unknownItems);
            case DROP -> keep(row -> !unknown[log.items()[row]]);
            case KEEP -> {}
        }
    }

    /** Keeps the interactions of some users, drawn at random; all if there are fewer. */
    void usersSample(int count, Seed seed) {
        boolean[] present = new boolean[log.userIds().size()];
        for (int row : rows) {
            present[log.users()[row]] = true;
        }
        int[] order = drawn(present, seed);
        boolean[] kept = new boolean[present.length];
        for (int at = 0; at < Math.min(count, order.length); at++) {
            kept[order[at]] = true;
        }
        keep(row -> kept[log.users()[row]]);
    }

    /** The present users in a random order; that of two users does not depend on the others. */
    static int[] drawn(boolean[] present, Seed seed) {
        int[] users =
                IntStream.range(0, present.length).filter(user -> present[user]).toArray();
        long[] values = new long[users.length];
        Arrays.setAll(values, at -> seed.child(users[at]).value());
        int[] order = new int[users.length];
        Arrays.setAll(order, at -> at);
        new StableSort(values).sort(order, 0, order.length);
        return Arrays.stream(order).map(at -> users[at]).toArray();
    }

    private record Interaction(int user, int item, long time, long position) {}

    /** Removes rows with the same user, item, time and position as an earlier row. */
    void repeats() {
        Set<Interaction> seen = new HashSet<>();
        boolean positions = log.positions().length > 0;
        keep(row -> seen.add(new Interaction(
                log.users()[row], log.items()[row], log.times()[row], positions ? log.positions()[row] : 0)));
    }

    /**
     * Removes users and items with fewer than {@code k} interactions, repeatedly, until all have at least {@code k}.
     */
    void core(int k) {
        if (k <= 1) {
            return;
        }
        for (int before = -1; before != rows.length; ) {
            before = rows.length;
            int[] perUser = count(log.users(), log.userIds().size());
            int[] perItem = count(log.items(), log.itemIds().size());
            keep(row -> perUser[log.users()[row]] >= k && perItem[log.items()[row]] >= k);
        }
        if (rows.length == 0) {
            throw FilterProblems.emptyCore(k);
        }
    }

    /** Removes users with too few interactions to split, or reports them. */
    void shortUsers(boolean drop) {
        int[] perUser = count(log.users(), log.userIds().size());
        if (drop) {
            keep(row -> perUser[log.users()[row]] >= Contents.MIN_INTERACTIONS);
            if (rows.length == 0) {
                throw FilterProblems.onlyShortUsers();
            }
            return;
        }
        int users = 0;
        for (int user = 0; user < perUser.length; user++) {
            users += perUser[user] > 0 && perUser[user] < Contents.MIN_INTERACTIONS ? 1 : 0;
        }
        for (int row : rows) {
            int user = log.users()[row];
            if (perUser[user] < Contents.MIN_INTERACTIONS) {
                throw FilterProblems.shortUser(
                        log.places().place(row), log.userIds().value(user), perUser[user], users);
            }
        }
    }

    private void failUnknown(boolean[] unknown, int unknownItems) {
        int first = -1;
        int interactions = 0;
        for (int row : rows) {
            if (unknown[log.items()[row]]) {
                first = first < 0 ? row : first;
                interactions++;
            }
        }
        if (first >= 0) {
            throw FilterProblems.unknownItem(
                    log.places().place(first), log.itemIds().value(log.items()[first]), unknownItems, interactions);
        }
    }

    private int[] count(int[] column, int size) {
        int[] counts = new int[size];
        for (int row : rows) {
            counts[column[row]]++;
        }
        return counts;
    }

    private void keep(IntPredicate wanted) {
        rows = Arrays.stream(rows).filter(wanted).toArray();
    }
}

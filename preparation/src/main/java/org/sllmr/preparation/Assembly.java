// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Vocabulary;
import org.sllmr.preparation.read.RawData;
import org.sllmr.preparation.read.RawLog;

/**
 * Users and items of a dataset with their numbers, and the kept rows.
 *
 * <p>Users are numbered in order of first appearance among the kept interactions; items as in {@link ItemNumbering}.
 *
 * @param catalogue the items
 * @param users the rows of all users
 */
record Assembly(Catalogue catalogue, UserRows users) {
    static Assembly of(RawData data, int[] rows, SplitSettings settings) {
        RawLog log = data.log();
        ItemNumbering items = ItemNumbering.of(
                log.itemIds(), firsts(log.items(), log.itemIds().size(), rows), data.items(), settings);
        int[] users = firsts(log.users(), log.userIds().size(), rows);
        int[] userOf = new int[log.userIds().size()];
        Arrays.fill(userOf, -1);
        List<String> ids = new ArrayList<>(users.length);
        for (int user : users) {
            userOf[user] = ids.size();
            ids.add(log.userIds().value(user));
        }
        int[] numberOf = items.numberOf();
        return new Assembly(
                items.catalogue(),
                new UserRows(
                        log,
                        rows,
                        userOf,
                        new Vocabulary(ids),
                        0,
                        item -> numberOf[item],
                        items.catalogue().size()));
    }

    /** The values that a column has in the kept rows, each once, in order of first appearance. */
    private static int[] firsts(int[] column, int values, int[] rows) {
        boolean[] seen = new boolean[values];
        int[] firsts = new int[values];
        int count = 0;
        for (int row : rows) {
            if (!seen[column[row]]) {
                seen[column[row]] = true;
                firsts[count++] = column[row];
            }
        }
        return Arrays.copyOf(firsts, count);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import org.sllmr.teacher.plan.PlanHistories;

/**
 * The interactions by user and by item.
 *
 * @param histories the items of each user
 * @param offsets first user of each item and, at the end, their number: {@code [items + 1]}
 * @param users the users of each item, in their order, as often as they took it
 */
@SuppressWarnings("ArrayRecordComponent") // not changed after construction
record InteractionEdges(PlanHistories histories, int[] offsets, int[] users) {
    static InteractionEdges of(PlanHistories histories, int itemCount) {
        int userCount = histories.plan().users();
        int[] offsets = new int[itemCount + 1];
        for (int user = 0; user < userCount; user++) {
            for (int position = 0; position < histories.length(user); position++) {
                offsets[histories.item(user, position) + 1]++;
            }
        }
        for (int item = 0; item < itemCount; item++) {
            offsets[item + 1] += offsets[item];
        }
        int[] users = new int[offsets[itemCount]];
        int[] next = offsets.clone();
        for (int user = 0; user < userCount; user++) {
            for (int position = 0; position < histories.length(user); position++) {
                users[next[histories.item(user, position)]++] = user;
            }
        }
        return new InteractionEdges(histories, offsets, users);
    }
}

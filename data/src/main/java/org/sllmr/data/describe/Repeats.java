// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import java.util.Arrays;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TestData;
import org.sllmr.data.store.Dataset;

/**
 * Interactions with an item that the user had interacted with before: repeat purchases, or duplicate rows in an export.
 *
 * @param interactions number of repeats, validation and test included
 * @param sameTime how many of them, except test positives, have the same time as the interaction that they repeat
 * @param testItems number of users whose test positive is a repeat
 */
public record Repeats(int interactions, int sameTime, int testItems) {
    /** Counts the repeats of a dataset. */
    public static Repeats of(Dataset dataset) {
        TestData data = dataset.testData();
        boolean leaveOneOut = dataset.partsBy().equals("leave-one-out");
        InteractionLog log = data.log();
        int items = dataset.manifest().counts().items();
        int[] lastUser = new int[items];
        long[] lastTime = new long[items];
        Arrays.fill(lastUser, -1);
        int interactions = 0;
        int sameTime = 0;
        int testItems = 0;
        int group = data.test().groupSize();
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                int item = log.item(user, position);
                long time = log.time(user, position);
                if (lastUser[item] == user) {
                    interactions++;
                    sameTime += lastTime[item] == time && time != InteractionLog.NO_TIME ? 1 : 0;
                }
                lastUser[item] = user;
                lastTime[item] = time;
            }
            if (leaveOneOut && lastUser[data.test().instances().items()[user * group]] == user) {
                testItems++;
            }
        }
        if (!leaveOneOut) {
            return new Repeats(interactions, sameTime, usersWithRepeatedTestItem(data));
        }
        return new Repeats(interactions + testItems, sameTime, testItems);
    }

    private static int usersWithRepeatedTestItem(TestData data) {
        Instances rows = data.test().instances();
        int count = 0;
        int counted = -1;
        for (int row = 0; row < rows.size(); row++) {
            int user = rows.users()[row];
            if (user != counted && data.test().label(row) == 1 && had(data.log(), rows, row)) {
                counted = user;
                count++;
            }
        }
        return count;
    }

    private static boolean had(InteractionLog log, Instances rows, int row) {
        for (int position = 0; position < rows.positions()[row]; position++) {
            if (log.item(rows.users()[row], position) == rows.items()[row]) {
                return true;
            }
        }
        return false;
    }
}

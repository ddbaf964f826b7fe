// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * Which users and items training knows: those of its interactions, and of its rows where rows have labels.
 *
 * <p>An item that is only drawn as a negative is not known by that: a negative says that it exists, not that anyone saw
 * it.
 *
 * @param users whether each user is known: {@code [users]}
 * @param items whether each item is known: {@code [items]}
 */
public record Seen(boolean[] users, boolean[] items) {
    /** What is known of training data. */
    public static Seen of(TrainingData data) {
        InteractionLog log = data.log();
        Seen seen =
                new Seen(new boolean[log.users()], new boolean[data.catalogue().size()]);
        for (int user = 0; user < log.users(); user++) {
            seen.users[user] = log.length(user) > 0;
            for (int position = 0; position < log.length(user); position++) {
                seen.items[log.item(user, position)] = true;
            }
        }
        if (data.training().labelled()) {
            Instances rows = data.training().instances();
            for (int row = 0; row < rows.size(); row++) {
                seen.users[rows.users()[row]] = true;
                seen.items[rows.items()[row]] = true;
            }
        }
        return seen;
    }

    /** Everything is known. */
    public static Seen all(int users, int items) {
        Seen seen = new Seen(new boolean[users], new boolean[items]);
        Arrays.fill(seen.users, true);
        Arrays.fill(seen.items, true);
        return seen;
    }
}

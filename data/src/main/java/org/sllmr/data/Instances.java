// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;

/**
 * What a model is asked to score: rows of (user, item, position).
 *
 * <p>The history of a row is the user's interactions before {@code position}; it is looked up in the log, never copied.
 * The arrays have the same length; they are not copied and must not be written to afterwards.
 *
 * @param users user index of each row
 * @param items item index of each row
 * @param positions how many of the user's interactions form the history: 0 for none
 * @param contexts row of the context columns of each row, or -1 if it has none; empty if the log knows it: then it is
 *     that of the user's interaction at the position
 */
public record Instances(int[] users, int[] items, int[] positions, int[] contexts) {
    /** Checks that the columns agree in length. */
    public Instances {
        if (users.length != items.length
                || users.length != positions.length
                || (contexts.length > 0 && contexts.length != users.length)) {
            throw new IllegalArgumentException("columns differ in length: " + users.length + ", " + items.length + ", "
                    + positions.length + ", " + contexts.length);
        }
    }

    /** Rows whose contexts are those of the log. */
    public Instances(int[] users, int[] items, int[] positions) {
        this(users, items, positions, new int[0]);
    }

    /** Number of rows. */
    public int size() {
        return users.length;
    }

    /** Row of the context columns of a row, or -1 if it has none. */
    public int context(InteractionLog log, int row) {
        if (contexts.length > 0) {
            return contexts[row];
        }
        int user = users[row];
        return user >= 0 && user < log.users() ? log.contextIndex(user, positions[row]) : -1;
    }

    /** Copies rows {@code [from, to)}. */
    public Instances slice(int from, int to) {
        return new Instances(
                Arrays.copyOfRange(users, from, to),
                Arrays.copyOfRange(items, from, to),
                Arrays.copyOfRange(positions, from, to),
                contexts.length == 0 ? contexts : Arrays.copyOfRange(contexts, from, to));
    }

    /** Copies some rows, in the order given. */
    public Instances select(int[] rows) {
        return new Instances(
                select(users, rows),
                select(items, rows),
                select(positions, rows),
                contexts.length == 0 ? contexts : select(contexts, rows));
    }

    /** These rows, followed by others. */
    public Instances and(Instances others, InteractionLog log) {
        boolean own = contexts.length > 0 || others.contexts.length > 0;
        return new Instances(
                concatenate(users, others.users),
                concatenate(items, others.items),
                concatenate(positions, others.positions),
                own ? concatenate(allContexts(log), others.allContexts(log)) : contexts);
    }

    private int[] allContexts(InteractionLog log) {
        if (contexts.length > 0) {
            return contexts;
        }
        int[] all = new int[size()];
        for (int row = 0; row < all.length; row++) {
            all[row] = context(log, row);
        }
        return all;
    }

    private static int[] select(int[] column, int[] rows) {
        int[] selected = new int[rows.length];
        for (int index = 0; index < rows.length; index++) {
            selected[index] = column[rows[index]];
        }
        return selected;
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

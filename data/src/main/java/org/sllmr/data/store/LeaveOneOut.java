// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;

/**
 * The samples of a chronological leave-one-out split, each positive followed by its negatives.
 *
 * <p>With a user's interactions x_0 .. x_(n-1) in order: x_(n-1) is the test positive, x_(n-2) the validation positive,
 * x_1 .. x_(n-3) the training positives.
 */
final class LeaveOneOut {
    private final InteractionLog log;
    private final Negatives negatives;

    LeaveOneOut(InteractionLog log, Negatives negatives) {
        this.log = log;
        this.negatives = negatives;
    }

    Samples training() {
        int perPositive = negatives.perPositive();
        int rows = (log.size() - Contents.MIN_INTERACTIONS * log.users()) * (1 + perPositive);
        Rows samples = new Rows(rows, negatives.training());
        for (int user = 0; user < log.users(); user++) {
            for (int position = 1; position < log.length(user) - 2; position++) {
                samples.add(user, position);
            }
        }
        return samples.build();
    }

    Samples validation() {
        return fromEnd(2, negatives.validation());
    }

    Samples test() {
        return fromEnd(1, negatives.test());
    }

    private Samples fromEnd(int back, int[] drawn) {
        Rows samples = new Rows(log.users() * (1 + negatives.perPositive()), drawn);
        for (int user = 0; user < log.users(); user++) {
            samples.add(user, log.length(user) - back);
        }
        return samples.build();
    }

    private final class Rows {
        private final int[] users;
        private final int[] items;
        private final int[] positions;
        private final int[] drawn;
        private int row;
        private int next;

        Rows(int rows, int[] drawn) {
            this.users = new int[rows];
            this.items = new int[rows];
            this.positions = new int[rows];
            this.drawn = drawn;
        }

        void add(int user, int position) {
            put(user, position, log.item(user, position));
            for (int negative = 0; negative < negatives.perPositive(); negative++) {
                put(user, position, drawn[next++]);
            }
        }

        private void put(int user, int position, int item) {
            users[row] = user;
            positions[row] = position;
            items[row++] = item;
        }

        Samples build() {
            return new Samples(new Instances(users, items, positions), negatives.perPositive());
        }
    }
}

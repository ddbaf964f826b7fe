// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Users of whom training knows little.
 *
 * <p>Leave-one-out leaves every test user a history of at least as many interactions as were required, so "few" is
 * counted in training interactions, validation and test withheld.
 */
public final class ColdUsers {
    /** A user with at most this many training interactions is cold. */
    public static final int MOST_INTERACTIONS = 3;

    private ColdUsers() {}

    /** For each user whether it is cold: {@code [users]}. */
    public static boolean[] of(TrainingData data) {
        return of(data.log(), MOST_INTERACTIONS);
    }

    /** For each user whether it has at most {@code most} interactions in a log of training interactions: {@code [users]}. */
    public static boolean[] of(InteractionLog training, int most) {
        boolean[] cold = new boolean[training.users()];
        for (int user = 0; user < cold.length; user++) {
            cold[user] = training.length(user) <= most;
        }
        return cold;
    }
}

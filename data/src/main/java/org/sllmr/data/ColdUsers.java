// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

/**
 * Users with few training interactions.
 *
 * <p>Validation and test interactions do not count: with them, leave-one-out gives every user at least as many
 * interactions as preparation required.
 */
public final class ColdUsers {
    /** A user with at most this many training interactions is cold. */
    public static final int MAX_INTERACTIONS = 3;

    private ColdUsers() {}

    /** Whether each user is cold: {@code [users]}. */
    public static boolean[] of(TrainingData data) {
        return of(data.log(), MAX_INTERACTIONS);
    }

    /** Whether each user has at most {@code most} interactions in a log of training interactions: {@code [users]}. */
    public static boolean[] of(InteractionLog training, int most) {
        boolean[] cold = new boolean[training.users()];
        for (int user = 0; user < cold.length; user++) {
            cold[user] = training.length(user) <= most;
        }
        return cold;
    }
}

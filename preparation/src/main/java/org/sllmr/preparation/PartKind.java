// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Locale;

/** What decides whether a row is of the training, validation or test part. */
public enum PartKind {
    /** The place within the user: the last interaction is the test positive, the one before it the validation positive. */
    LEAVE_ONE_OUT,
    /** The time: training first, then validation, then test. */
    TIME,
    /** The file. */
    FILES,
    /** The user: those of validation and test are unknown to training. */
    USERS,
    /**
     * Each user's candidates that training does not have, by folds of users: those of one fold are the test part, those of
     * the next one the validation part, and guidance is fitted on the others.
     */
    FOLDS;

    /** As options and settings write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

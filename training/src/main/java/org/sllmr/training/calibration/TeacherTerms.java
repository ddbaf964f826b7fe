// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

/** Which of the teacher's terms a {@link Preference} has. */
public enum TeacherTerms {
    /** None: the preference of model and popularity. */
    NONE,
    /** For every user and item. */
    EVERYWHERE,
    /** In the strata of users and items where held-out interactions show that they add something. */
    WHERE_THEY_ADD
}

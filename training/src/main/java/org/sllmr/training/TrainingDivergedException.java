// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

/** Training produced a number that is none; its message says where and what to change. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says where it happened, and which setting to change. */
    public TrainingDivergedException(String message) {
        super(message);
    }
}

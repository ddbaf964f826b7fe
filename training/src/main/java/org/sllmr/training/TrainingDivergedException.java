// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

/** A loss, score or weight became infinite, NaN or very large; the message says where and what to change. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message says where it happened, and which setting to change. */
    public TrainingDivergedException(String message) {
        super(message);
    }
}

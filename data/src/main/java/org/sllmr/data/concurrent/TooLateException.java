// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.concurrent;

/** Work was given up because its {@link Deadline} was over. */
public final class TooLateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The work was given up. */
    public TooLateException() {
        super("time is up");
    }
}

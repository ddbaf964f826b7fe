// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

/** A request takes longer than it may. */
final class TooLateException extends Exception {
    private static final long serialVersionUID = 1L;

    TooLateException() {
        super("time is up");
    }
}

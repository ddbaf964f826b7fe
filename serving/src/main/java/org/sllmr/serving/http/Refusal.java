// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.http;

/** A request that is not worked on. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** With an HTTP status and a message for the client. */
    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}

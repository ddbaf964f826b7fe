// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation.read;

import java.io.IOException;

/** Why a file cannot be read, or not to its end; the message says what is wrong and what to do. */
final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what) {
        super(what);
    }

    UnreadableException(String what, Throwable cause) {
        super(what, cause);
    }
}

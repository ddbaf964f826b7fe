// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

/** Somebody else has the database open; it passes. */
final class DatabaseInUseException extends Exception {
    private static final long serialVersionUID = 1;

    DatabaseInUseException(String message) {
        super(message);
    }
}

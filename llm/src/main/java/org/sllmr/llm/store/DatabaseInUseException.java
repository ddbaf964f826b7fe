// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

/** Another process has the database open, temporarily. */
final class DatabaseInUseException extends Exception {
    private static final long serialVersionUID = 1;

    DatabaseInUseException(String message) {
        super(message);
    }
}

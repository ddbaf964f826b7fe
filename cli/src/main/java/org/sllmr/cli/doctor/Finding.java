// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.util.Locale;

/**
 * The finding of one check.
 *
 * @param check what was checked
 * @param status whether it works
 * @param found what was found
 * @param remedy what to do; empty if nothing
 */
record Finding(String check, Status status, String found, String remedy) {
    /** Severity. */
    enum Status {
        OK,
        /** Works, but slower or with limits. */
        WARNING,
        /** Something will not work. */
        FAILURE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Status.OK, found, "");
    }

    static Finding warning(String check, String found, String remedy) {
        return new Finding(check, Status.WARNING, found, remedy);
    }

    static Finding failure(String check, String found, String remedy) {
        return new Finding(check, Status.FAILURE, found, remedy);
    }
}

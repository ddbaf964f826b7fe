// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.doctor;

import java.util.Locale;

/**
 * What one check found.
 *
 * @param check what was looked at
 * @param status how it stands
 * @param found what is there
 * @param remedy what to do about it; empty where nothing needs doing
 */
record Finding(String check, Status status, String found, String remedy) {
    /** How bad it is. */
    enum Status {
        OK,
        /** Works, but slower or with less than it could. */
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

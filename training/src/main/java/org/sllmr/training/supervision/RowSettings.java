// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.configuration.Checks;

/**
 * How many guidance rows a step has, for guidance that does not select pairs.
 *
 * @param maxRows maximum rows of a step; 1 to 65,536; the first users of the batch fill it
 * @param rowsPerUser rows drawn a step from a user's scored items; 1 to 1,024
 */
public record RowSettings(int maxRows, int rowsPerUser) {
    /** Checks the ranges. */
    public RowSettings {
        new Checks()
                .between("maxRows", maxRows, 1, 65_536)
                .between("rowsPerUser", rowsPerUser, 1, 1_024)
                .done();
    }

    /** At most 128 rows, one a user: as many rows as the default pairs have. */
    public static RowSettings defaults() {
        return new RowSettings(128, 1);
    }
}

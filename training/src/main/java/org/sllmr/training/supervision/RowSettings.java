// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.supervision;

import org.sllmr.configuration.Checks;

/**
 * How many single guidance rows join a step, for the guidances that choose no pairs beforehand.
 *
 * @param maxRows most rows of a step; 1 to 65,536; where the batch's users offer more, its first ones are taken
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

    /** At most 128 rows, one a user: as many as the default pairs have. */
    public static RowSettings defaults() {
        return new RowSettings(128, 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.schema;

import org.sllmr.configuration.Checks;

/**
 * How the rows for unknown values are trained; without either, they stay as they were drawn.
 *
 * @param share share of the values that training reads as unknown, drawn anew for every batch, 0 to 0.9
 * @param rareBelow values that occur in fewer training interactions always count as unknown, 0 (none) to 1,000,000
 */
public record UnknownSettings(double share, int rareBelow) {
    /** Checks the ranges. */
    public UnknownSettings {
        new Checks()
                .between("share", share, 0, 0.9)
                .between("rareBelow", rareBelow, 0, 1_000_000)
                .done();
    }

    /** No value is made unknown. */
    public static UnknownSettings defaults() {
        return new UnknownSettings(0, 0);
    }
}

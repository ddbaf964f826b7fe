// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.configuration.Checks;

/**
 * How a training is divided among workers; it decides the result, as a setting does.
 *
 * @param workers number of workers, each with a share of the users; 1 to 10,000
 * @param stepsPerRound steps that each makes between two exchanges; 1 or more
 */
public record Division(int workers, int stepsPerRound) {
    /** The usual number of steps between two exchanges. */
    public static final int STEPS_PER_ROUND = 10;

    /** Checks the ranges. */
    public Division {
        new Checks()
                .between("workers", workers, 1, 10_000)
                .atLeast("stepsPerRound", stepsPerRound, 1)
                .done();
    }
}

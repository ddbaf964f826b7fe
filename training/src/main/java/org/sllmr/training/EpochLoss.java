// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;

/**
 * Means of an epoch.
 *
 * @param objective mean over samples
 * @param guidance mean over steps
 * @param samples samples trained on
 * @param seconds wall time of the steps
 */
public record EpochLoss(double objective, double guidance, long samples, double seconds) {
    /**
     * The means over steps, summed in their order.
     *
     * @param rounds the losses of successive steps, at least one step in all
     * @param seconds wall time
     */
    public static EpochLoss of(List<StepLosses> rounds, double seconds) {
        long samples = 0;
        int steps = 0;
        double objective = 0;
        double guidance = 0;
        for (StepLosses losses : rounds) {
            for (int step = 0; step < losses.samples().length; step++) {
                samples += losses.samples()[step];
                objective += losses.objective()[step] * losses.samples()[step];
                guidance += losses.guidance()[step];
                steps++;
            }
        }
        return new EpochLoss(objective / samples, guidance / steps, samples, seconds);
    }
}

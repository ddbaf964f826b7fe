// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.configuration.Checks;

/**
 * The factor of lambda by epoch: {@code first} in epoch 1, {@code last} from epoch {@code epochs} on, linear in
 * between.
 *
 * <p>Rising from 0 to 1, the model learns from interactions first; falling from 1 to 0, guidance fades out. Not in the
 * paper, whose lambda is constant.
 *
 * @param first factor of lambda in epoch 1; 0 or more
 * @param last factor of lambda from epoch {@code epochs} on; 0 or more
 * @param epochs the first epoch with {@code last}; 1 to 100,000
 */
public record GuidanceSchedule(double first, double last, int epochs) {
    /** Checks the ranges. */
    public GuidanceSchedule {
        new Checks()
                .atLeast("first", first, 0)
                .atLeast("last", last, 0)
                .between("epochs", epochs, 1, 100_000)
                .done();
    }

    /** A constant lambda. */
    public static GuidanceSchedule defaults() {
        return new GuidanceSchedule(1, 1, 1);
    }

    /** The factor of lambda in an epoch, from 1. */
    public double factor(int epoch) {
        if (epoch >= epochs) {
            return last;
        }
        return first + (last - first) * (epoch - 1) / (epochs - 1);
    }

    /** A regularizer whose loss follows this schedule. */
    public Regularizer of(Regularizer regularizer) {
        return first == 1 && last == 1 ? regularizer : new ScheduledRegularizer(regularizer, this);
    }
}

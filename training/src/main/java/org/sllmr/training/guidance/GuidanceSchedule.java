// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.sllmr.configuration.Checks;

/**
 * How much of lambda counts in which epoch: {@code first} in epoch 1, {@code last} from epoch {@code epochs} on, and in a
 * straight line between.
 *
 * <p>From 0 to 1 the model learns from interactions first; from 1 to 0 it starts with the teacher and ends with the
 * interactions. Not in the paper, whose lambda is constant.
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

    /** Lambda as it is, in every epoch. */
    public static GuidanceSchedule defaults() {
        return new GuidanceSchedule(1, 1, 1);
    }

    /** The factor of lambda in an epoch, which counts from 1. */
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

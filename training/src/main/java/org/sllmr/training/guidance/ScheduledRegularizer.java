// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.EpochStart;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.Supervision;

/**
 * Another regularizer's loss times a factor that depends on the epoch. That regularizer's own parameters learn from the
 * unscaled loss.
 */
final class ScheduledRegularizer implements Regularizer {
    private final Regularizer regularizer;
    private final GuidanceSchedule schedule;
    private double factor;
    private float[] unscaled = new float[0];

    ScheduledRegularizer(Regularizer regularizer, GuidanceSchedule schedule) {
        this.regularizer = regularizer;
        this.schedule = schedule;
    }

    @Override
    public void beforeEpoch(EpochStart start) {
        factor = schedule.factor(start.epoch());
        regularizer.beforeEpoch(start);
    }

    @Override
    public Optional<Reference> reference() {
        return regularizer.reference();
    }

    @Override
    public boolean[] heldOut() {
        return regularizer.heldOut();
    }

    @Override
    public Supervision select(Instances samples, Seed step) {
        return regularizer.select(samples, step);
    }

    @Override
    public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
        if (unscaled.length != gradient.length) {
            unscaled = new float[gradient.length];
        }
        Arrays.fill(unscaled, 0);
        double loss = regularizer.apply(supervision, logits, unscaled, resampler);
        for (int row = 0; row < gradient.length; row++) {
            gradient[row] += (float) (factor * unscaled[row]);
        }
        return factor * loss;
    }

    @Override
    public double[] state() {
        return regularizer.state();
    }

    @Override
    public void restore(double[] state) {
        regularizer.restore(state);
    }

    @Override
    public GuidanceReport report() {
        return regularizer.report();
    }
}

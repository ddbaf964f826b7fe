// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

/** Scores the current batch again under new dropout masks. */
@FunctionalInterface
public interface Resampler {
    /** The logit of each row of the batch: samples, then guidance rows. */
    float[] resample();
}

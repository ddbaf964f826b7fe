// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

/** The current batch scored once more under fresh dropout masks. */
@FunctionalInterface
public interface Resampler {
    /** One logit a row of the batch: samples, then guidance rows. */
    float[] resample();
}

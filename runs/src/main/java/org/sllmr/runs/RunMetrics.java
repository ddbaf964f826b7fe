// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

/**
 * The results of a run: only numbers that the same seed reproduces, so that files can be compared byte by byte.
 *
 * @param validation metrics of the validation samples at the best epoch
 * @param test metrics of the test samples at the best epoch
 * @param bestEpoch number, from 1, of the epoch whose weights were kept
 * @param epochs number of epochs trained
 */
public record RunMetrics(SplitMetrics validation, SplitMetrics test, int bestEpoch, int epochs) {
    /** Checks that the best epoch is one of the epochs. */
    public RunMetrics {
        if (bestEpoch < 1 || bestEpoch > epochs) {
            throw new IllegalArgumentException("best epoch " + bestEpoch + " of " + epochs);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

/**
 * The results of a run: only numbers that the same seed gives again, so two files can be compared byte by byte.
 *
 * @param validation metrics of the validation samples at the best epoch
 * @param test metrics of the test samples at the best epoch
 * @param bestEpoch the epoch whose weights were kept, from 1
 * @param epochs how many epochs were trained
 */
public record RunMetrics(SplitMetrics validation, SplitMetrics test, int bestEpoch, int epochs) {
    /** Checks that the best epoch is one of the epochs. */
    public RunMetrics {
        if (bestEpoch < 1 || bestEpoch > epochs) {
            throw new IllegalArgumentException("best epoch " + bestEpoch + " of " + epochs);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.OptionalInt;

/**
 * The results of a run: only numbers that the same seed reproduces, so that files can be compared byte by byte.
 *
 * @param validation metrics of the validation samples with the weights that were kept
 * @param test metrics of the test samples with them
 * @param bestEpoch number, from 1, of the epoch whose weights were kept; 0 if they are those of the backbone alone, which no
 *     guided epoch exceeded on validation
 * @param epochs number of epochs trained
 */
public record RunMetrics(SplitMetrics validation, SplitMetrics test, int bestEpoch, int epochs) {
    /** Checks that the best epoch is one of the epochs, or 0. */
    public RunMetrics {
        if (bestEpoch < 0 || bestEpoch > epochs) {
            throw new IllegalArgumentException("best epoch " + bestEpoch + " of " + epochs);
        }
    }

    /** The epoch whose weights were kept; empty if they are those of the backbone alone. */
    public OptionalInt keptEpoch() {
        return bestEpoch == 0 ? OptionalInt.empty() : OptionalInt.of(bestEpoch);
    }
}

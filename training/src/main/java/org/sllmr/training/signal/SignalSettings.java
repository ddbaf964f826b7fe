// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.configuration.Checks;

/**
 * The signals of a row that a gate sees.
 *
 * @param sparsity what counts as a cold user and as a long-tail item
 * @param uncertainty how q(u, i) is measured; the paper chooses on validation data
 * @param dropoutPasses passes of {@link Uncertainty#DROPOUT_VARIANCE}; 2 to 100; not given in the paper
 */
public record SignalSettings(SparsitySettings sparsity, Uncertainty uncertainty, int dropoutPasses) {
    /** Checks the range. */
    public SignalSettings {
        new Checks().between("dropoutPasses", dropoutPasses, 2, 100).done();
    }

    /** Entropy, which covers [0, 1] and needs no further pass; 5 passes for dropout variance. */
    public static SignalSettings defaults() {
        return new SignalSettings(SparsitySettings.defaults(), Uncertainty.ENTROPY, 5);
    }
}

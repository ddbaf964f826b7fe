// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.signal;

import org.sllmr.configuration.Checks;

/**
 * What a gate is told of a row.
 *
 * @param sparsity what counts as a cold user and as a long-tail item
 * @param uncertainty how q(u, i) is measured; the paper takes the best on validation
 * @param dropoutPasses passes of {@link Uncertainty#DROPOUT_VARIANCE}; 2 to 100; not given in the paper
 */
public record SignalSettings(SparsitySettings sparsity, Uncertainty uncertainty, int dropoutPasses) {
    /** Checks the range. */
    public SignalSettings {
        new Checks().between("dropoutPasses", dropoutPasses, 2, 100).done();
    }

    /** Entropy, which uses all of [0, 1] and costs no pass; 5 passes where dropout variance is chosen. */
    public static SignalSettings defaults() {
        return new SignalSettings(SparsitySettings.defaults(), Uncertainty.ENTROPY, 5);
    }
}

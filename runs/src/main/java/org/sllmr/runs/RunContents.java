// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.List;
import java.util.Optional;

/**
 * All that a run folder holds besides the model.
 *
 * @param configuration the configuration that was used, complete, as YAML
 * @param metrics the results
 * @param epochs one entry an epoch, in order: as many as {@code metrics.epochs()}
 * @param reference the same of the backbone alone, where guidance had it trained first; else empty
 * @param provenance where the results come from
 * @param scores how the test samples were scored; empty where that was not recorded
 */
public record RunContents(
        String configuration,
        RunMetrics metrics,
        List<EpochResult> epochs,
        List<EpochResult> reference,
        Provenance provenance,
        Optional<ScoreHistogram> scores) {
    /** Contents of a run that trained once, without scores. */
    public RunContents(String configuration, RunMetrics metrics, List<EpochResult> epochs, Provenance provenance) {
        this(configuration, metrics, epochs, List.of(), provenance, Optional.empty());
    }

    /** Copies the epochs and checks that they are those of the metrics and that the configuration's hash is right. */
    public RunContents {
        epochs = List.copyOf(epochs);
        reference = List.copyOf(reference);
        if (epochs.size() != metrics.epochs()) {
            throw new IllegalArgumentException(epochs.size() + " epochs logged, " + metrics.epochs() + " trained");
        }
        requireInOrder(epochs);
        requireInOrder(reference);
        if (!Provenance.hash(configuration).equals(provenance.configurationHash())) {
            throw new IllegalArgumentException("the configuration is not the one whose hash was recorded");
        }
    }

    private static void requireInOrder(List<EpochResult> epochs) {
        for (int index = 0; index < epochs.size(); index++) {
            if (epochs.get(index).epoch() != index + 1) {
                throw new IllegalArgumentException(
                        "epoch " + epochs.get(index).epoch() + " stands in line " + (index + 1));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.util.List;
import java.util.Optional;

/**
 * The contents of a run folder except the model.
 *
 * @param configuration the complete configuration of the run, as YAML
 * @param metrics the results
 * @param epochs one entry an epoch, in order: as many as {@code metrics.epochs()}
 * @param reference the epochs of the backbone alone, if guidance had it trained first; else empty
 * @param provenance where the results come from
 * @param scores the distribution of the test samples' scores; empty for runs that did not record it, or are not judged
 * @param origin the runs that it goes back to; empty for a training of its own
 */
public record RunContents(
        String configuration,
        RunMetrics metrics,
        List<EpochResult> epochs,
        List<EpochResult> reference,
        Provenance provenance,
        Optional<ScoreHistogram> scores,
        Optional<RunOrigin> origin) {
    /** Contents without reference epochs and scores. */
    public RunContents(String configuration, RunMetrics metrics, List<EpochResult> epochs, Provenance provenance) {
        this(configuration, metrics, epochs, List.of(), provenance, Optional.empty());
    }

    /** Contents of a training of its own. */
    public RunContents(
            String configuration,
            RunMetrics metrics,
            List<EpochResult> epochs,
            List<EpochResult> reference,
            Provenance provenance,
            Optional<ScoreHistogram> scores) {
        this(configuration, metrics, epochs, reference, provenance, scores, Optional.empty());
    }

    /** Copies the epochs, and checks their number, their order and the configuration's hash. */
    public RunContents {
        epochs = List.copyOf(epochs);
        reference = List.copyOf(reference);
        if (epochs.size() != metrics.epochs()) {
            throw new IllegalArgumentException(
                    epochs.size() + " epochs are recorded, but " + metrics.epochs() + "" + " were trained");
        }
        requireInOrder(epochs);
        requireInOrder(reference);
        if (!Provenance.hash(configuration).equals(provenance.configurationHash())) {
            throw new IllegalArgumentException("the configuration does not have the recorded hash");
        }
    }

    /** Whether parts of the data were held out to judge the model; if not, no metric is defined. */
    public boolean judged() {
        return origin.flatMap(RunOrigin::refit).isEmpty();
    }

    /** What guidance did, by epoch; empty without guidance by pairs. */
    public List<GuidanceEpoch> guidance() {
        return epochs.stream().flatMap(epoch -> epoch.guidance().stream()).toList();
    }

    private static void requireInOrder(List<EpochResult> epochs) {
        for (int index = 0; index < epochs.size(); index++) {
            if (epochs.get(index).epoch() != index + 1) {
                throw new IllegalArgumentException("epoch " + epochs.get(index).epoch() + " is in line " + (index + 1));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.RunContents;

/**
 * Says when guidance was of no use to the backbone alone that it started from.
 *
 * <p>That backbone was trained with the same settings and without the held-out interactions, so a plain run would hardly be
 * worse than it. A test of the teacher does not show this: learning rate and lambda may not go together.
 */
final class GuidanceNote {
    private GuidanceNote() {}

    /** A note on the validation samples; settings are never chosen by test samples. */
    static Optional<String> of(RunContents contents) {
        OptionalDouble alone = best(contents.reference());
        OptionalDouble guided = best(contents.epochs());
        if (alone.isEmpty() || guided.isEmpty()) {
            return Optional.empty();
        }
        boolean kept = contents.metrics().keptEpoch().isEmpty();
        if (!kept && guided.getAsDouble() >= alone.getAsDouble()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Guidance did not help: validation AUC %.4f, and %.4f of the backbone alone that it started from,%n"
                        + "which had seen less. %s or try a smaller guidance.lambda or%nmodel.optimizer.learningRate.",
                guided.getAsDouble(),
                alone.getAsDouble(),
                kept
                        ? "So the backbone alone was kept. Take a run without guidance,"
                        : "Take a run without guidance,"));
    }

    private static OptionalDouble best(List<EpochResult> epochs) {
        return epochs.stream()
                .map(epoch -> epoch.validation().value(SampleMetric.AUC))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }
}

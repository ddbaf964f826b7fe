// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunContents;

/**
 * Says when guidance ended below the backbone alone that it started from.
 *
 * <p>That backbone was trained with the same settings and without the held-out interactions, so a plain run would hardly be
 * worse than it. A test of the teacher does not show this: learning rate and lambda may not go together.
 */
final class GuidanceNote {
    private GuidanceNote() {}

    /** A note on the validation samples; settings are never chosen by test samples. */
    static Optional<String> of(RunContents contents) {
        OptionalDouble alone = contents.reference().stream()
                .map(epoch -> epoch.validation().value(SampleMetric.AUC))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
        OptionalDouble guided = contents.metrics().validation().value(SampleMetric.AUC);
        if (alone.isEmpty() || guided.isEmpty() || guided.getAsDouble() >= alone.getAsDouble()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Guidance did not help: validation AUC %.4f, and %.4f of the backbone alone that it started from,%n"
                        + "which had seen less. Take a run without guidance, or try a smaller guidance.lambda or%n"
                        + "model.optimizer.learningRate.",
                guided.getAsDouble(),
                alone.getAsDouble()));
    }
}

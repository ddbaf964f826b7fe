// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.Locale;
import java.util.Optional;
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

    /**
     * A note on the validation samples; settings are never chosen by test samples.
     *
     * @param watched the metric that decided on the epochs
     */
    static Optional<String> of(RunContents contents, SampleMetric watched) {
        Optional<EpochResult> alone = EpochResult.best(contents.reference(), watched);
        Optional<EpochResult> guided = EpochResult.best(contents.epochs(), watched);
        if (alone.isEmpty() || guided.isEmpty()) {
            return Optional.empty();
        }
        boolean kept = contents.metrics().keptEpoch().isEmpty();
        double of = value(guided.get(), watched);
        double before =
                kept ? contents.metrics().validation().value(watched).orElseThrow() : value(alone.get(), watched);
        if (!kept && !watched.isBetter(before, of)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Guidance did not help: validation %s %.4f, and %.4f of the backbone alone that it started from,%n"
                        + "which had seen less. %sA run without guidance sees all interactions;%n"
                        + "a smaller guidance.lambda or model.optimizer.learningRate may help, too.",
                watched.key(),
                of,
                before,
                kept ? "So the backbone alone was kept. " : ""));
    }

    private static double value(EpochResult epoch, SampleMetric watched) {
        return epoch.validation().value(watched).orElseThrow();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.train;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sllmr.evaluation.Measurement;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.runs.RunMetrics;

/** Says when a model's probabilities are worse than a constant, which metrics of ranks do not show. */
final class ProbabilityNote {
    private ProbabilityNote() {}

    /** A note on the validation samples; settings are never chosen by test samples. */
    static Optional<String> of(RunMetrics metrics) {
        @Nullable Measurement loss = metrics.validation().all().get(SampleMetric.LOG_LOSS);
        if (loss == null || loss.value().isEmpty() || loss.samples() == 0) {
            return Optional.empty();
        }
        double share = (double) loss.positives() / loss.samples();
        double constant = -(logarithm(share) + logarithm(1 - share));
        if (loss.value().getAsDouble() <= constant) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Validation log loss %.4f is above %.4f, that of always predicting the share of positives: the%n"
                        + "probabilities are too extreme, whatever the ranks are. What helps: embeddings that start%n"
                        + "smaller (--set model.initialization.name=xavier-normal), or a higher%n"
                        + "model.optimizer.tableWeightDecay.",
                loss.value().getAsDouble(),
                constant));
    }

    private static double logarithm(double share) {
        return share > 0 ? share * Math.log(share) : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.data.Instances;
import org.sllmr.data.Seed;
import org.sllmr.training.signal.Resampler;
import org.sllmr.training.supervision.RowSelector;
import org.sllmr.training.supervision.Supervision;

/** The mean of a step's row losses. */
final class RowRegularizer implements Regularizer {
    private final RowSelector selector;
    private final double lambda;
    private final RowLoss rowLoss;
    private final RowCount rows = new RowCount();

    RowRegularizer(RowSelector selector, double lambda, RowLoss rowLoss) {
        this.selector = selector;
        this.lambda = lambda;
        this.rowLoss = rowLoss;
    }

    @Override
    public Supervision select(Instances samples, Seed step) {
        return selector.select(samples, step);
    }

    @Override
    public double apply(Supervision supervision, float[] logits, float[] gradient, Resampler resampler) {
        rows.step(supervision.size());
        int from = logits.length - supervision.size();
        double scale = lambda / Math.max(1, supervision.size());
        double loss = 0;
        for (int row = 0; row < supervision.size(); row++) {
            double logit = logits[from + row];
            double target = supervision.scores()[row];
            loss += scale * rowLoss.loss(logit, target);
            gradient[from + row] += (float) (scale * rowLoss.derivative(logit, target));
        }
        return loss;
    }

    @Override
    public GuidanceReport report() {
        return new GuidanceReport(rows.perStep(), Optional.empty(), Optional.empty());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Optional;
import org.sllmr.training.supervision.Pairs;

/** lambda L_LLM of a step's pairs, its derivatives, and what an epoch of them looked like. */
final class HingeLoss {
    private final double lambda;
    private final HingeSettings settings;
    private long steps;
    private long pairsSeen;
    private long violated;
    private long reversed;
    private double hingeSum;
    private double gateSum;

    HingeLoss(double lambda, HingeSettings settings) {
        this.lambda = lambda;
        this.settings = settings;
    }

    /**
     * The loss of a step; at the kink itself its derivative is taken as 0.
     *
     * @param gates alpha of each pair
     * @param logits logits of the batch
     * @param from the first guidance row in it
     * @param gradient added to
     * @param gateDerivatives written: derivative of the loss by each gate, which is lambda times the pair's hinge
     */
    double evaluate(Pairs pairs, float[] gates, float[] logits, int from, float[] gradient, float[] gateDerivatives) {
        steps++;
        pairsSeen += pairs.size();
        double scale = switch (settings.reduction()) {
            case SUM -> lambda;
            case MEAN -> lambda / pairs.size();
        };
        double loss = 0;
        for (int pair = 0; pair < pairs.size(); pair++) {
            int preferred = from + pairs.preferred()[pair];
            int other = from + pairs.other()[pair];
            double difference = (double) logits[preferred] - logits[other];
            double margin = settings.byDifference() ? settings.margin() * pairs.differences()[pair] : settings.margin();
            double hinge = Math.max(0, margin - difference);
            gateDerivatives[pair] = (float) (scale * hinge);
            gateSum += gates[pair];
            if (difference < 0) {
                reversed++;
            }
            if (hinge > 0) {
                violated++;
                hingeSum += hinge;
                loss += scale * gates[pair] * hinge;
                float slope = (float) (scale * gates[pair]);
                gradient[preferred] -= slope;
                gradient[other] += slope;
            }
        }
        return loss;
    }

    Optional<GuidanceReport.PairReport> report() {
        double perStep = steps == 0 ? 0 : (double) pairsSeen / steps;
        double all = Math.max(1, pairsSeen);
        GuidanceReport.PairReport report =
                new GuidanceReport.PairReport(perStep, hingeSum / all, violated / all, reversed / all, gateSum / all);
        steps = 0;
        pairsSeen = 0;
        violated = 0;
        reversed = 0;
        hingeSum = 0;
        gateSum = 0;
        return Optional.of(report);
    }
}

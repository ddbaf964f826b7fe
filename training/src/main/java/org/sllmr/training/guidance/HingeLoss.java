// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import java.util.Arrays;
import java.util.Optional;
import org.sllmr.training.supervision.Pairs;

/** lambda L_LLM of a step's pairs, its derivatives, and statistics of an epoch's pairs. */
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
     * The loss of a step; at the kink its derivative is 0.
     *
     * @param gates alpha of each pair
     * @param logits logits of the batch
     * @param from index of the first guidance row in it
     * @param gradient added to
     * @param gateDerivatives written: derivative of the loss by each gate, which is lambda times the pair's hinge; 0 for
     *     pairs that do not count
     */
    double evaluate(Pairs pairs, float[] gates, float[] logits, int from, float[] gradient, float[] gateDerivatives) {
        steps++;
        pairsSeen += pairs.size();
        double[] differences = differences(pairs, logits, from);
        double threshold = threshold(differences);
        double scale = switch (settings.reduction()) {
            case SUM -> lambda;
            case MEAN -> lambda / countWithin(differences, threshold);
        };
        double loss = 0;
        for (int pair = 0; pair < pairs.size(); pair++) {
            double difference = differences[pair];
            double margin = settings.byDifference() ? settings.margin() * pairs.differences()[pair] : settings.margin();
            double hinge = Math.max(0, margin - difference);
            boolean counts = difference <= threshold;
            gateDerivatives[pair] = counts ? (float) (scale * hinge) : 0;
            gateSum += gates[pair];
            if (difference < 0) {
                reversed++;
            }
            if (hinge > 0) {
                violated++;
                hingeSum += hinge;
                if (counts) {
                    loss += scale * gates[pair] * hinge;
                    float slope = (float) (scale * gates[pair]);
                    gradient[from + pairs.preferred()[pair]] -= slope;
                    gradient[from + pairs.other()[pair]] += slope;
                }
            }
        }
        return loss;
    }

    private static double[] differences(Pairs pairs, float[] logits, int from) {
        double[] differences = new double[pairs.size()];
        for (int pair = 0; pair < differences.length; pair++) {
            differences[pair] = (double) logits[from + pairs.preferred()[pair]] - logits[from + pairs.other()[pair]];
        }
        return differences;
    }

    /** The largest logit difference among the pairs that count. */
    private double threshold(double[] differences) {
        if (settings.hardestShare() == 1 || differences.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double[] rising = differences.clone();
        Arrays.sort(rising);
        return rising[(int) Math.ceil(settings.hardestShare() * rising.length) - 1];
    }

    /** How many pairs count; of equal ones all do. */
    private static long countWithin(double[] differences, double threshold) {
        return Arrays.stream(differences)
                .filter(difference -> difference <= threshold)
                .count();
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

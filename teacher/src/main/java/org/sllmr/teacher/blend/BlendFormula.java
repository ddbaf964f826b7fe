// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.blend;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A score that is blended of a model's logit s, p = log(1 + training positives of the item) and a teacher's score t:
 * a s + b p + c p^2 + d t + e t^2 + intercept, and a constant for long-tail items.
 *
 * @param weights a, b, c, d and e
 * @param intercept added to all
 * @param missing in place of a score that the teacher does not have
 * @param tailConstant added for long-tail items, in logits
 * @param newLogPopularity p of new items, which have no training positive; empty: 0
 */
public record BlendFormula(
        List<Double> weights,
        double intercept,
        double missing,
        double tailConstant,
        Optional<Double> newLogPopularity) {
    /** Logits are clipped here, where a sigmoid is 0 or 1 to six digits, so that no single row dominates a fit. */
    private static final double MAX_LOGITS = 15;

    private static final int TERMS = 5;

    /** Copies, and checks that there are five weights and that all numbers are finite. */
    public BlendFormula {
        weights = List.copyOf(weights);
        if (weights.size() != TERMS) {
            throw new IllegalArgumentException("a blend has " + TERMS + " weights, not " + weights.size());
        }
        List<Double> others = List.of(intercept, missing, tailConstant, newLogPopularity.orElse(0.0));
        if (!Stream.concat(weights.stream(), others.stream()).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("a blend has numbers that are not finite");
        }
    }

    /** p of an item with so many training positives. */
    double logPopularity(int positives) {
        return positives == 0 ? newLogPopularity.orElse(0.0) : StrictMath.log1p(positives);
    }

    /**
     * Writes the terms without the teacher's: the logit, log popularity and its square.
     *
     * @param terms written from the first on
     */
    public static void readTerms(float logit, double logPopularity, double[] terms) {
        terms[0] = Math.max(-MAX_LOGITS, Math.min(MAX_LOGITS, logit));
        terms[1] = logPopularity;
        terms[2] = logPopularity * logPopularity;
    }

    /**
     * The blended score.
     *
     * @param longTail whether the item is long-tail
     * @param taught the teacher's score, or NaN
     */
    public float score(float logit, double logPopularity, boolean longTail, float taught) {
        float score = Float.isNaN(taught) ? (float) missing : taught;
        double[] terms = new double[TERMS];
        readTerms(logit, logPopularity, terms);
        terms[3] = score;
        terms[4] = (double) score * score;
        double sum = 0;
        for (int term = 0; term < TERMS; term++) {
            sum += weights.get(term) * terms[term];
        }
        return (float) (sum + (intercept + (longTail ? tailConstant : 0)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.objective;

/**
 * The recommendation loss L_rec (paper, Section 3.4: BCE, BPR or InfoNCE), averaged so that the learning rate does not
 * depend on the batch size.
 */
public sealed interface Objective permits BinaryCrossEntropy, BayesianPersonalizedRanking, InfoNce {
    /** Whether the loss compares a positive with its own negatives, so that batches must hold whole groups. */
    boolean grouped();

    /**
     * The mean loss of a batch; adds its derivative by each logit to {@code gradient}.
     *
     * @param logits logit of each row; those after the samples are ignored: {@code [samples or more]}
     * @param labels label of each sample, 0 or 1: {@code [samples]}
     * @param groupSize rows of a positive and its negatives, at least 2; for a grouped objective row {@code r} is a
     *     positive if {@code r % groupSize == 0}; the others ignore it
     * @param gradient added to: {@code [samples or more]}
     * @return the mean over samples, pairs or positives, depending on the objective
     */
    double evaluate(float[] logits, float[] labels, int groupSize, float[] gradient);
}

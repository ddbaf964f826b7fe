// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.optimizer;

import org.sllmr.configuration.Checks;

/**
 * Adam, for tables and network alike (Kingma and Ba 2015), or AdamW (Loshchilov and Hutter 2019).
 *
 * @param kind how weight decay enters
 * @param tableUpdates which embedding rows a step moves
 * @param learningRate above 0, up to 1; 0.001 in the paper of S-LLMR, Section 4.1
 * @param beta1 decay of the first moment, 0 to below 1
 * @param beta2 decay of the second moment, 0 to below 1
 * @param epsilon added to the root of the second moment, 1e-20 to 1
 * @param tableWeightDecay weight decay of the embedding tables, 0 to 1
 * @param networkWeightDecay weight decay of everything else, 0 to 1
 * @param maxGradientNorm longest gradient, 0 or more; 0 for any length. A longer one, taken over tables and network
 *     together and without weight decay, is scaled down to this length (Pascanu et al. 2013)
 */
public record OptimizerSettings(
        Kind kind,
        TableUpdates tableUpdates,
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double tableWeightDecay,
        double networkWeightDecay,
        double maxGradientNorm) {
    /** How weight decay enters the step. */
    public enum Kind {
        /** Coupled: weight decay times the weight is added to the gradient, as {@code torch.optim.Adam} does. */
        ADAM,
        /** Decoupled: the weight shrinks by learning rate times weight decay, as {@code torch.optim.AdamW} does. */
        ADAMW
    }

    /** Which embedding rows a step moves. */
    public enum TableUpdates {
        /** Every row, as PyTorch's dense optimizers do: rows that a batch does not touch still decay and drift. */
        DENSE,
        /**
         * Only the rows of the batch, which is faster, and another algorithm: moments stand still and weight decay acts
         * on a row only when a batch touches it. Bias correction counts all steps.
         */
        SPARSE
    }

    /** Checks the ranges. */
    public OptimizerSettings {
        new Checks()
                .aboveUpTo("learningRate", learningRate, 0, 1)
                .fromBelow("beta1", beta1, 0, 1)
                .fromBelow("beta2", beta2, 0, 1)
                .between("epsilon", epsilon, 1e-20, 1)
                .between("tableWeightDecay", tableWeightDecay, 0, 1)
                .between("networkWeightDecay", networkWeightDecay, 0, 1)
                .atLeast("maxGradientNorm", maxGradientNorm, 0)
                .done();
    }

    /** Dense Adam with learning rate 0.001, the other constants of Kingma and Ba, no weight decay and no clipping. */
    public static OptimizerSettings defaults() {
        return new OptimizerSettings(Kind.ADAM, TableUpdates.DENSE, 1e-3, 0.9, 0.999, 1e-8, 0, 0, 0);
    }
}

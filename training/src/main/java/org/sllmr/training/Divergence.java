// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.List;

/** Detects that training has diverged; messages name the setting to change. */
final class Divergence {
    /** A mean loss, in nats a sample, that no training recovers from: a sample that is wrong by a million logits. */
    private static final double MAX_LOSS = 1e6;

    /** Higher, because the guidance loss is multiplied by lambda, which may be large on purpose. */
    private static final double MAX_GUIDANCE_LOSS = 1e12;

    private Divergence() {}

    /** Checks the losses of a step. */
    static void check(int epoch, int step, int steps, double objectiveLoss, double guidanceLoss, double learningRate) {
        if (objectiveLoss <= MAX_LOSS && Math.abs(guidanceLoss) <= MAX_GUIDANCE_LOSS) {
            return;
        }
        boolean guidanceAlone = objectiveLoss <= MAX_LOSS;
        throw new TrainingDivergedException("training diverged in epoch " + epoch + ", step " + step + " of " + steps
                + ": the objective's loss is " + objectiveLoss + ", the guidance's " + guidanceLoss + "; "
                + (guidanceAlone ? "lower guidance.lambda, or " : "lower ")
                + remedy(learningRate));
    }

    /** Checks the scores of the validation samples after an epoch. */
    static void checkScores(int epoch, float[] logits, double learningRate) {
        int undefined = 0;
        for (float logit : logits) {
            undefined += Float.isFinite(logit) ? 0 : 1;
        }
        if (undefined > 0) {
            throw new TrainingDivergedException("training diverged in epoch " + epoch + ": the model scores "
                    + undefined + " of " + logits.length + " validation samples as infinite or NaN; "
                    + "lower " + remedy(learningRate));
        }
    }

    /** Checks the weights to be kept: those of items without a validation sample show in no score. */
    static void checkWeights(int epoch, List<float[]> weights, double learningRate) {
        for (float[] block : weights) {
            for (float weight : block) {
                if (!Float.isFinite(weight)) {
                    throw new TrainingDivergedException("training diverged in epoch " + epoch + ": a weight is "
                            + weight + "; lower " + remedy(learningRate));
                }
            }
        }
    }

    private static String remedy(double learningRate) {
        return "model.optimizer.learningRate, which is " + learningRate;
    }
}

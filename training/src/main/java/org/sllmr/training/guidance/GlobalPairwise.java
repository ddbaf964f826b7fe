// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.supervision.PairSelector;
import org.sllmr.training.supervision.PairSettings;

/**
 * The ablation without a gate: {@link SelectivePairwise} with every gate at 1 ("Global LLM Regularization" in the
 * paper's Table 3).
 *
 * @param lambda weight of L_LLM; 0 or more; the paper's 0.1
 * @param pairs P
 * @param hinge the loss of a pair
 */
public record GlobalPairwise(double lambda, PairSettings pairs, HingeSettings hinge) implements Guidance {
    /** Checks the range. */
    public GlobalPairwise {
        new Checks().atLeast("lambda", lambda, 0).done();
    }

    /** The paper's lambda. */
    public static GlobalPairwise defaults() {
        return new GlobalPairwise(0.1, PairSettings.defaults(), HingeSettings.defaults());
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forPairs(data, teacher);
        return new PairwiseRegularizer(
                new PairSelector(data.log(), Popularity.of(data), checked, pairs), new HingeLoss(lambda, hinge), null);
    }
}

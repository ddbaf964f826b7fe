// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.guidance;

import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.Checks;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.teacher.TeacherTable;
import org.sllmr.training.gate.Gate;
import org.sllmr.training.gate.GateContext;
import org.sllmr.training.gate.GateSettings;
import org.sllmr.training.gate.JointGateSettings;
import org.sllmr.training.signal.SignalReader;
import org.sllmr.training.signal.SignalSettings;
import org.sllmr.training.supervision.PairSelector;
import org.sllmr.training.supervision.PairSettings;

/**
 * S-LLMR as in the paper (Section 3): a hinge loss for the teacher's order of each pair, weighted by a gate.
 *
 * <p>L_LLM = sum over (u, i, j) in P of alpha(u, i, j) max(0, m - (s(u, i) - s(u, j))).
 *
 * @param lambda weight of L_LLM; 0 or more; the paper starts from 0.1 and chooses by validation AUC
 * @param pairs P
 * @param hinge the loss of a pair
 * @param signals z
 * @param gate alpha
 */
public record SelectivePairwise(
        double lambda, PairSettings pairs, HingeSettings hinge, SignalSettings signals, GateSettings gate)
        implements Guidance {
    /** Checks the range. */
    public SelectivePairwise {
        new Checks().atLeast("lambda", lambda, 0).done();
    }

    /** The paper's lambda and its jointly learned gate. */
    public static SelectivePairwise defaults() {
        return new SelectivePairwise(
                0.1,
                PairSettings.defaults(),
                HingeSettings.defaults(),
                SignalSettings.defaults(),
                JointGateSettings.defaults());
    }

    @Override
    public Regularizer regularizer(TrainingData data, @Nullable TeacherTable teacher) {
        TeacherTable checked = TeacherCheck.forPairs(data, teacher);
        SignalReader reader = new SignalReader(data, signals);
        Gate created = gate.create(new GateContext(data, checked, reader));
        return new PairwiseRegularizer(
                new PairSelector(data.log(), Popularity.of(data), checked, pairs),
                new HingeLoss(lambda, hinge),
                new PairwiseRegularizer.Gating(reader, created, checked.heldOut()));
    }
}

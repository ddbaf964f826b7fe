// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.function.UnaryOperator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.TrainingState;
import org.sllmr.training.signal.Lookahead;

/** Makes a real optimizer step, scores, and undoes it. Must be used between two steps, with no batch prepared. */
final class OptimizerLookahead implements Lookahead {
    private final TrainableModel model;
    private final InteractionLog log;

    OptimizerLookahead(TrainableModel model, InteractionLog log) {
        this.model = model;
        this.log = log;
    }

    @Override
    public float[] scoreAfter(Instances trained, UnaryOperator<float[]> gradient, Instances scored) {
        TrainingState before = model.state();
        try {
            TrainableModel.Batch batch = model.prepare(log, trained, trained.size());
            model.backward(batch, gradient.apply(model.forward(batch)));
            return model.score(log, scored);
        } finally {
            model.restore(before);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.TrainableModel;
import org.sllmr.training.Share;
import org.sllmr.training.ShareTraining;
import org.sllmr.training.TrainingSettings;

/** A copy of the model in an executor. It follows the training from round to round, whichever share it makes steps of. */
final class Replica {
    private static final int UNKNOWN = -1;

    private final TrainableModel model;
    private final ShareTraining steps;
    /** Steps after which it was last as all others. */
    private int common = UNKNOWN;
    /** Steps that it has made: more than {@link #common} if the last ones are its own; unknown after a failure. */
    private int made = UNKNOWN;

    private int share = UNKNOWN;

    /** An untrained one; see {@link ShareTraining} for its parts. */
    Replica(TrainingSettings settings, TrainableModel model, TrainingData data, Seed seed, Seed modelSeed) {
        this.model = model;
        this.steps = new ShareTraining(settings, model, data, seed, modelSeed);
    }

    /** Whether it last made steps of a share, whose order it has at hand. */
    boolean had(int index) {
        return share == index;
    }

    /**
     * Makes the steps of a round.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    ShareTraining.Round train(Round round, Share of) throws InterruptedException {
        bring(round.history());
        model.learningRate(round.learningRate());
        made = UNKNOWN;
        share = of.index();
        ShareTraining.Round result = steps.train(of, round.epoch(), round.first(), round.most());
        made = model.steps();
        return result;
    }

    /** Becomes what all replicas are after a history. */
    private void bring(History history) {
        if (!follows(history)) {
            model.restore(history.state().value().state());
            common = history.steps();
        }
        for (int change = 0; change < history.changes().size(); change++) {
            int end = history.ends().get(change);
            if (end > common) {
                model.apply(history.changes().get(change).value().change());
                common = end;
            }
        }
        made = common;
    }

    /** Whether it was as all others at a point of the history, and has made no steps since but those of the next change. */
    boolean follows(History history) {
        int next = common == history.steps() ? 0 : history.ends().indexOf(common) + 1;
        boolean known = next > 0 || common == history.steps();
        return known
                && (made == common
                        || (next < history.ends().size() && history.ends().get(next) == made));
    }
}

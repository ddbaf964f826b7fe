// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.concurrent.CancellationException;
import org.sllmr.training.Share;
import org.sllmr.training.TrainingDivergedException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * A task of a round: makes the steps of one share.
 *
 * <p>Tasks of a barrier stage begin together, or not at all. They do not wait for each other once more by
 * {@code BarrierTaskContext.barrier}, which asks the driver once a second whether all are there: many rounds are shorter.
 */
final class TrainShare extends AbstractFunction1<Iterator<Integer>, Iterator<SentRound>> implements Serializable {
    private final SentTraining training;
    private final Round round;
    private final int shares;

    TrainShare(SentTraining training, Round round, int shares) {
        this.training = training;
        this.round = round;
        this.shares = shares;
    }

    @Override
    public Iterator<SentRound> apply(Iterator<Integer> indices) {
        int index = indices.next();
        Replica replica = Replicas.take(training, round.history(), index);
        try {
            SentRound made = SentRound.of(replica.train(round, new Share(index, shares)));
            Replicas.give(training, replica);
            return scala.collection.Iterator$.MODULE$.single(made);
        } catch (TrainingDivergedException e) {
            return scala.collection.Iterator$.MODULE$.single(SentRound.diverged(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the task was stopped");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import java.util.concurrent.CancellationException;
import org.apache.spark.BarrierTaskContext;
import org.sllmr.training.Share;
import org.sllmr.training.TrainingDivergedException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A task of a round: makes the steps of one share. */
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
        // None begins before all have the data: one that cannot read them would cost the others their steps.
        BarrierTaskContext.get().barrier();
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

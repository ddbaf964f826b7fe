// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.training;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.sllmr.training.ShareTraining;
import org.sllmr.training.StepLosses;
import org.sllmr.training.TrainingDivergedException;

/** What a task's steps gave, as arrays, because each of Spark's serializers can send those. */
final class SentRound implements Serializable {
    private final @Nullable SentChange change;
    private final double[] losses;
    private final int[] samples;
    private final int stepsOfEpoch;
    private final @Nullable String diverged;

    private SentRound(
            @Nullable SentChange change, double[] losses, int[] samples, int stepsOfEpoch, @Nullable String diverged) {
        this.change = change;
        this.losses = losses;
        this.samples = samples;
        this.stepsOfEpoch = stepsOfEpoch;
        this.diverged = diverged;
    }

    static SentRound of(ShareTraining.Round round) {
        return new SentRound(
                new SentChange(round.change()),
                round.losses().objective(),
                round.losses().samples(),
                round.stepsOfEpoch(),
                null);
    }

    /** The message of a training that diverged: no task of Spark's has failed, so none is tried again. */
    static SentRound diverged(String message) {
        return new SentRound(null, new double[0], new int[0], 0, message);
    }

    /**
     * What the steps gave.
     *
     * @throws TrainingDivergedException if they diverged
     */
    ShareTraining.Round round() {
        if (change == null) {
            throw new TrainingDivergedException(String.valueOf(diverged));
        }
        return new ShareTraining.Round(
                change.change(), new StepLosses(losses, new double[losses.length], samples), stepsOfEpoch);
    }
}

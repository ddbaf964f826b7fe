// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import org.sllmr.configuration.Checks;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.training.guidance.GuidanceSchedule;
import org.sllmr.training.negatives.NegativeSettings;
import org.sllmr.training.negatives.StoredNegatives;
import org.sllmr.training.objective.BinaryCrossEntropy;
import org.sllmr.training.objective.Objective;

/**
 * How a model is trained, independent of model and guidance.
 *
 * @param objective L_rec; the paper allows BCE, BPR and InfoNCE
 * @param batchSize samples a step, rounded down to whole groups (at least one) for an objective that compares within
 *     groups; 1 to 1,048,576; the paper's 128. The last batch of an epoch holds the remaining samples
 * @param maxEpochs most epochs; 1 to 100,000
 * @param watch key of the validation metric by which the best epoch is kept, training stops and the learning rate is
 *     lowered; the study whose baselines the paper prints watches {@code auc}
 * @param patience early stopping: training ends after this many epochs in a row without a new best validation metric; 1 or
 *     more; 2 in the study whose baselines the paper prints
 * @param decay of the learning rate
 * @param negatives where an epoch's negatives come from
 * @param schedule factor of the guidance's lambda by epoch
 * @param shuffle whether each epoch visits the samples in a new random order; otherwise in the stored order, user by
 *     user
 * @param prepareAhead whether the next batch is prepared in a second thread while a step runs; the results are the same
 */
public record TrainingSettings(
        Objective objective,
        int batchSize,
        int maxEpochs,
        String watch,
        int patience,
        PlateauDecay decay,
        NegativeSettings negatives,
        GuidanceSchedule schedule,
        boolean shuffle,
        boolean prepareAhead) {
    /** Checks the ranges. */
    public TrainingSettings {
        new Checks()
                .between("batchSize", batchSize, 1, 1 << 20)
                .between("maxEpochs", maxEpochs, 1, 100_000)
                .require(
                        SampleMetric.of(watch).isPresent(),
                        "watch",
                        "is '" + watch + "', allowed is one of " + SampleMetric.keys())
                .atLeast("patience", patience, 1)
                .require(
                        decay.factor() == 1 || decay.patience() < patience,
                        "decay.patience",
                        "is " + decay.patience() + ", allowed is less than patience, which is " + patience
                                + "; otherwise training ends before the rate is lowered")
                .done();
    }

    /** Watching validation AUC. */
    public TrainingSettings(
            Objective objective,
            int batchSize,
            int maxEpochs,
            int patience,
            PlateauDecay decay,
            NegativeSettings negatives,
            GuidanceSchedule schedule,
            boolean shuffle,
            boolean prepareAhead) {
        this(
                objective,
                batchSize,
                maxEpochs,
                SampleMetric.AUC.key(),
                patience,
                decay,
                negatives,
                schedule,
                shuffle,
                prepareAhead);
    }

    /** The validation metric that is watched. */
    public SampleMetric watched() {
        return SampleMetric.of(watch).orElseThrow();
    }

    /** The same settings with another last epoch; epochs before it are the same. */
    public TrainingSettings withMaxEpochs(int epochs) {
        return new TrainingSettings(
                objective, batchSize, epochs, watch, patience, decay, negatives, schedule, shuffle, prepareAhead);
    }

    /** The same settings with or without a second thread; every result is the same. */
    public TrainingSettings withPrepareAhead(boolean ahead) {
        return new TrainingSettings(
                objective, batchSize, maxEpochs, watch, patience, decay, negatives, schedule, shuffle, ahead);
    }

    /** BCE, batch 128, stored negatives, early stopping with patience 2 within 100 epochs. */
    public static TrainingSettings defaults() {
        return new TrainingSettings(
                BinaryCrossEntropy.defaults(),
                128,
                100,
                2,
                PlateauDecay.defaults(),
                new StoredNegatives(),
                GuidanceSchedule.defaults(),
                true,
                true);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;

/**
 * The obvious way to train by several workers: one after the other, each with a new model that takes the whole state over,
 * and so does the model that puts together what they changed.
 *
 * @param fresh untrained models, all alike
 * @param model that of the trainer
 */
public record SharesInTurn(
        TrainingSettings settings,
        Supplier<Model> fresh,
        Model model,
        TrainingData data,
        Seed seed,
        Seed modelSeed,
        int workers,
        int stepsPerRound)
        implements EpochTraining {
    @Override
    public EpochLoss train(int epoch) throws InterruptedException {
        List<StepLosses> losses = new ArrayList<>();
        int steps = Integer.MAX_VALUE;
        for (int first = 0; first < steps; first += stepsPerRound) {
            List<ShareTraining.Round> rounds = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                Model own = copy();
                rounds.add(new ShareTraining(settings, own, data, seed, modelSeed)
                        .train(new Share(worker, workers), epoch, first, stepsPerRound));
            }
            Model next = copy();
            next.apply(rounds.stream().map(ShareTraining.Round::change).toList());
            model.restore(next.state());
            steps = rounds.get(0).stepsOfEpoch();
            for (int step = 0; step < rounds.get(0).losses().samples().length; step++) {
                for (ShareTraining.Round round : rounds) {
                    losses.add(
                            new StepLosses(new double[] {round.losses().objective()[step]}, new double[1], new int[] {
                                round.losses().samples()[step]
                            }));
                }
            }
        }
        return EpochLoss.of(losses, 1);
    }

    private Model copy() {
        Model copy = fresh.get();
        copy.restore(model.state());
        copy.learningRate(model.learningRate());
        return copy;
    }
}

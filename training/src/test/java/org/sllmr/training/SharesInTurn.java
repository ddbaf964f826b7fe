// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.model.StepChange;
import org.sllmr.model.TrainingState;

/**
 * The obvious way to train by several workers: one after the other, each from the whole state, and all states put together
 * element by element.
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
    private static final int TABLE_BLOCKS = 3;
    private static final int HAD_GRADIENT = 3;

    @Override
    public EpochLoss train(int epoch) throws InterruptedException {
        List<StepLosses> losses = new ArrayList<>();
        int steps = Integer.MAX_VALUE;
        for (int first = 0; first < steps; first += stepsPerRound) {
            List<TrainingState> states = new ArrayList<>();
            List<ShareTraining.Round> rounds = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                Model own = copy();
                rounds.add(new ShareTraining(settings, own, data, seed, modelSeed)
                        .train(new Share(worker, workers), epoch, first, stepsPerRound));
                states.add(own.state());
            }
            model.restore(together(
                    states, rounds.stream().map(ShareTraining.Round::change).toList()));
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

    private TrainingState together(List<TrainingState> states, List<StepChange> changes) {
        StepChange one = changes.get(0);
        List<float[]> before = model.state().blocks();
        // A model to which nothing happened but these steps.
        Model idle = copy();
        idle.apply(new StepChange(
                one.since(),
                one.steps(),
                one.learningRate(),
                new int[0],
                List.of(new float[0], new float[0], new float[0]),
                idle.state().blocks().subList(TABLE_BLOCKS + 1, 2 * (TABLE_BLOCKS + 1))));
        List<float[]> blocks = idle.state().blocks();
        int rows = blocks.get(HAD_GRADIENT).length;
        int width = blocks.get(0).length / rows;
        int[] places = new int[rows];
        changes.forEach(change -> Arrays.stream(change.rows()).forEach(row -> places[row]++));
        for (int block = 0; block < TABLE_BLOCKS; block++) {
            for (int at = 0; at < rows * width; at++) {
                float from = before.get(block)[at];
                double sum = 0;
                double moved = 0;
                float changed = blocks.get(block)[at];
                for (int worker = 0; worker < workers; worker++) {
                    if (Arrays.binarySearch(changes.get(worker).rows(), at / width) >= 0) {
                        changed = states.get(worker).blocks().get(block)[at];
                        sum += changed;
                        moved += (double) changed - from;
                    }
                }
                int count = places[at / width];
                double together = block == 0 ? from + moved : sum / count;
                blocks.get(block)[at] = count <= 1 ? changed : (float) together;
            }
        }
        for (int row = 0; row < rows; row++) {
            blocks.get(HAD_GRADIENT)[row] = Math.max(blocks.get(HAD_GRADIENT)[row], places[row] > 0 ? 1 : 0);
        }
        for (int block = HAD_GRADIENT + 1; block < blocks.size(); block++) {
            for (int at = 0; at < blocks.get(block).length; at++) {
                double sum = 0;
                for (TrainingState state : states) {
                    sum += state.blocks().get(block)[at];
                }
                blocks.get(block)[at] = (float) (sum / workers);
            }
        }
        return new TrainingState(blocks, one.steps(), model.learningRate());
    }
}

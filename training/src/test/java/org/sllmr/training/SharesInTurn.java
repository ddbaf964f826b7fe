// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;
import org.sllmr.model.StepChange;
import org.sllmr.model.TrainingState;

/**
 * The obvious way to train by several workers: one after the other, each from the whole state, and the mean of all states
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
            model.restore(mean(states, rounds.get(0).change()));
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

    private TrainingState mean(List<TrainingState> states, StepChange made) {
        // A model to which nothing happened but these steps.
        Model idle = copy();
        idle.apply(new StepChange(
                made.since(),
                made.steps(),
                made.learningRate(),
                new int[0],
                List.of(new float[0], new float[0], new float[0]),
                idle.state().blocks().subList(TABLE_BLOCKS + 1, 2 * (TABLE_BLOCKS + 1))));
        List<float[]> drifted = idle.state().blocks();
        int rows = drifted.get(HAD_GRADIENT).length;
        int width = drifted.get(0).length / rows;
        List<float[]> blocks = new ArrayList<>();
        for (int block = 0; block < drifted.size(); block++) {
            blocks.add(drifted.get(block).clone());
        }
        for (int row = 0; row < rows; row++) {
            int at = row * width;
            List<TrainingState> moved = states.stream()
                    .filter(state -> IntStream.range(0, TABLE_BLOCKS * width)
                            .anyMatch(i -> state.blocks().get(i / width)[at + i % width]
                                    != drifted.get(i / width)[at + i % width]))
                    .toList();
            for (int block = 0; block < TABLE_BLOCKS && !moved.isEmpty(); block++) {
                for (int d = 0; d < width; d++) {
                    blocks.get(block)[at + d] = mean(moved, block, at + d);
                }
            }
            if (!moved.isEmpty()) {
                blocks.get(HAD_GRADIENT)[row] = 1;
            }
        }
        for (int block = HAD_GRADIENT + 1; block < blocks.size(); block++) {
            for (int at = 0; at < blocks.get(block).length; at++) {
                blocks.get(block)[at] = mean(states, block, at);
            }
        }
        return new TrainingState(blocks, made.steps(), model.learningRate());
    }

    private static float mean(List<TrainingState> states, int block, int at) {
        double sum = 0;
        for (TrainingState state : states) {
            sum += state.blocks().get(block)[at];
        }
        return (float) (sum / states.size());
    }
}

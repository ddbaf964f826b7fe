// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.model.TrainableModel;
import org.sllmr.model.TrainingState;

/**
 * A simple model: logit = bias(item) + (user + mean of history) . item, trained by plain gradient descent, with dropout
 * on the products. It also checks that it is used as its contract demands.
 */
class FactorizationModel implements TrainableModel {
    private static final int WIDTH = 6;

    private final double[][] users;
    private final double[][] items;
    private final double[] biases;
    private final double dropout;
    private final Seed masks;
    private final AtomicInteger prepared = new AtomicInteger();
    private final AtomicInteger trained = new AtomicInteger();
    private final List<Integer> sampleRows = new ArrayList<>();
    private int draws;
    private double rate;
    private Rows current = new Rows(new Instances(new int[0], new int[0], new int[0]), new int[0][], 0);
    private double[][] currentMasks = new double[0][];

    FactorizationModel(World world, double rate, double dropout, Seed seed) {
        RandomGenerator random = seed.generator();
        this.users = gaussian(world.data().log().users(), random);
        this.items = gaussian(world.data().catalogue().size(), random);
        this.biases = new double[items.length];
        this.rate = rate;
        this.dropout = dropout;
        this.masks = seed.child("dropout");
    }

    private static double[][] gaussian(int rows, RandomGenerator random) {
        double[][] values = new double[rows][WIDTH];
        for (double[] row : values) {
            for (int column = 0; column < WIDTH; column++) {
                row[column] = 0.1 * random.nextGaussian();
            }
        }
        return values;
    }

    record Rows(Instances rows, int[][] histories, int sampleRows) implements Batch {}

    private record Copy(double[][] users, double[][] items, double[] biases) implements Weights {}

    @Override
    public Rows prepare(InteractionLog log, Instances rows, int sampleRows) {
        if (prepared.incrementAndGet() - trained.get() > 2) {
            throw new IllegalStateException("more than one batch ahead");
        }
        this.sampleRows.add(sampleRows);
        return rows(log, rows, sampleRows);
    }

    private static Rows rows(InteractionLog log, Instances rows, int sampleRows) {
        int[][] histories = new int[rows.size()][];
        for (int row = 0; row < rows.size(); row++) {
            histories[row] = new int[rows.positions()[row]];
            log.copyItems(rows.users()[row], 0, rows.positions()[row], histories[row], 0);
        }
        return new Rows(rows, histories, sampleRows);
    }

    /** How many rows of each prepared batch were declared samples. */
    List<Integer> sampleRows() {
        return sampleRows;
    }

    @Override
    public float[] forward(Batch batch) {
        current = (Rows) batch;
        currentMasks = masks(current.rows().size());
        return logits(current, currentMasks);
    }

    @Override
    public float[] resample(Batch batch) {
        Rows rows = (Rows) batch;
        return logits(rows, masks(rows.rows().size()));
    }

    private double[][] masks(int rows) {
        RandomGenerator random = masks.child(draws++).generator();
        double[][] values = new double[rows][WIDTH];
        for (double[] row : values) {
            for (int column = 0; column < WIDTH; column++) {
                row[column] = random.nextDouble() < dropout ? 0 : 1 / (1 - dropout);
            }
        }
        return values;
    }

    private double[] left(Rows rows, int row) {
        double[] sum = users[rows.rows().users()[row]].clone();
        int[] history = rows.histories()[row];
        for (int item : history) {
            for (int column = 0; column < WIDTH; column++) {
                sum[column] += items[item][column] / history.length;
            }
        }
        return sum;
    }

    private float[] logits(Rows rows, double[][] masks) {
        float[] logits = new float[rows.rows().size()];
        for (int row = 0; row < logits.length; row++) {
            int item = rows.rows().items()[row];
            double[] left = left(rows, row);
            double logit = biases[item];
            for (int column = 0; column < WIDTH; column++) {
                logit += left[column] * items[item][column] * masks[row][column];
            }
            logits[row] = (float) logit;
        }
        return logits;
    }

    @Override
    public void backward(Batch batch, float[] gradient) {
        if (batch != current || gradient.length != current.rows().size()) {
            throw new IllegalStateException("not the batch of the last forward pass");
        }
        Copy before = weights();
        for (int row = 0; row < gradient.length; row++) {
            int item = current.rows().items()[row];
            int[] history = current.histories()[row];
            double[] left = left(before, row);
            biases[item] -= rate * gradient[row];
            for (int column = 0; column < WIDTH; column++) {
                double slope = rate * gradient[row] * currentMasks[row][column];
                double right = before.items()[item][column];
                users[current.rows().users()[row]][column] -= slope * right;
                items[item][column] -= slope * left[column];
                for (int past : history) {
                    items[past][column] -= slope * right / history.length;
                }
            }
        }
        trained.incrementAndGet();
    }

    private double[] left(Copy weights, int row) {
        double[] sum = weights.users()[current.rows().users()[row]].clone();
        int[] history = current.histories()[row];
        for (int item : history) {
            for (int column = 0; column < WIDTH; column++) {
                sum[column] += weights.items()[item][column] / history.length;
            }
        }
        return sum;
    }

    @Override
    public float[] score(InteractionLog log, Instances instances) {
        double[][] open = new double[instances.size()][WIDTH];
        for (double[] row : open) {
            Arrays.fill(row, 1);
        }
        return logits(rows(log, instances, 0), open);
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public void learningRate(double rate) {
        this.rate = rate;
    }

    @Override
    public long parameters() {
        return (long) (users.length + items.length) * WIDTH + biases.length;
    }

    @Override
    public Copy weights() {
        return new Copy(copy(users), copy(items), biases.clone());
    }

    @Override
    public void restore(Weights weights) {
        Copy copy = (Copy) weights;
        System.arraycopy(copy(copy.users()), 0, users, 0, users.length);
        System.arraycopy(copy(copy.items()), 0, items, 0, items.length);
        System.arraycopy(copy.biases(), 0, biases, 0, biases.length);
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    /** A double is the exact sum of three floats. */
    @Override
    public TrainingState state() {
        double[] all = DoubleStream.concat(
                        Stream.of(users, items).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream),
                        Arrays.stream(biases))
                .toArray();
        float[][] parts = new float[3][all.length];
        for (int index = 0; index < all.length; index++) {
            double rest = all[index];
            for (float[] part : parts) {
                part[index] = (float) rest;
                rest -= part[index];
            }
        }
        return new TrainingState(List.of(parts), draws, rate);
    }

    @Override
    public void restore(TrainingState state) {
        int next = 0;
        for (double[][] rows : List.of(users, items, new double[][] {biases})) {
            for (double[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    double sum = 0;
                    for (float[] part : state.blocks()) {
                        sum += part[next];
                    }
                    row[column] = sum;
                    next++;
                }
            }
        }
        draws = state.steps();
        rate = state.learningRate();
    }
}

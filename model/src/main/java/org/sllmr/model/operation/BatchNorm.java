// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.operation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalization (Ioffe and Szegedy 2015) in which only training samples make the statistics.
 *
 * <p>In training, the vectors of the samples are normalised by their own mean and variance, which also move the running ones
 * (momentum 0.1, unbiased variance: PyTorch's defaults). Rows that are there for guidance alone follow another distribution;
 * they are normalised by the running statistics as they were before the step, as they would be in serving, and leave no trace
 * in any statistic. With fewer than 2 samples there are no batch statistics, and the running ones serve.
 *
 * @param weight factors after normalisation, one a unit, or nothing; a vector is {@code [groups, units]}
 * @param bias summands after normalisation, or nothing
 * @param mean running mean, a statistic
 * @param variance running variance, a statistic
 * @param epsilon added to the variance under the root
 */
public record BatchNorm(
        @Nullable Parameter weight, @Nullable Parameter bias, Parameter mean, Parameter variance, double epsilon)
        implements Operation {
    private static final double MOMENTUM = 0.1;

    /* Parts of the state, each one float a unit. */
    private static final int MEAN = 0;
    private static final int ROOT = 1;
    private static final int RUNNING_MEAN = 2;
    private static final int RUNNING_ROOT = 3;
    private static final int SUM = 4;
    private static final int PRODUCTS = 5;
    private static final int PARTS = 6;

    @Override
    public int width(int[] inputs) {
        return Units.check(mean, inputs[0]);
    }

    private int units() {
        return mean.size();
    }

    @Override
    public boolean synchronizes(boolean training) {
        return training;
    }

    @Override
    public int state() {
        return PARTS * units();
    }

    /** Floats of the vectors that are normalised by their own statistics. */
    private static int sampled(Frame frame) {
        Context context = frame.context;
        if (context.pass.mode() != Pass.Mode.TRAINING || context.pass.sampleRows() < 2) {
            return 0;
        }
        return context.samples(frame.axis) * frame.width;
    }

    @Override
    public void begin(Frame frame) {
        int units = units();
        float[] state = frame.state;
        float[] statistics = frame.context.statistics;
        for (int j = 0; j < units; j++) {
            state[RUNNING_MEAN * units + j] = statistics[mean.offset() + j];
            state[RUNNING_ROOT * units + j] = (float) (1 / Math.sqrt(statistics[variance.offset() + j] + epsilon));
        }
        int sampled = sampled(frame);
        int count = sampled / units;
        if (count == 0) {
            return;
        }
        double[] sums = new double[units];
        double[] squares = new double[units];
        float[] x = frame.inputs[0];
        for (int at = 0; at < sampled; at += units) {
            for (int j = 0; j < units; j++) {
                sums[j] += x[at + j];
            }
        }
        for (int j = 0; j < units; j++) {
            sums[j] /= count;
        }
        for (int at = 0; at < sampled; at += units) {
            for (int j = 0; j < units; j++) {
                double deviation = x[at + j] - sums[j];
                squares[j] += deviation * deviation;
            }
        }
        for (int j = 0; j < units; j++) {
            double spread = squares[j] / count;
            state[MEAN * units + j] = (float) sums[j];
            state[ROOT * units + j] = (float) (1 / Math.sqrt(spread + epsilon));
            move(statistics, mean.offset() + j, sums[j]);
            move(statistics, variance.offset() + j, count > 1 ? squares[j] / (count - 1) : spread);
        }
    }

    private static void move(float[] statistics, int at, double value) {
        statistics[at] = (float) ((1 - MOMENTUM) * statistics[at] + MOMENTUM * value);
    }

    @Override
    public List<Parameter> parameters() {
        return weight == null || bias == null ? List.of() : List.of(weight, bias);
    }

    @Override
    public void forward(Frame frame, int from, int to) {
        int sampled = Math.min(Math.max(sampled(frame), from * frame.width), to * frame.width);
        normalise(frame, from * frame.width, sampled, MEAN);
        normalise(frame, sampled, to * frame.width, RUNNING_MEAN);
    }

    private void normalise(Frame frame, int from, int to, int part) {
        int units = units();
        float[] state = frame.state;
        float[] parameters = frame.context.parameters;
        float[] x = frame.inputs[0];
        float[] y = frame.value;
        int means = part * units;
        int roots = means + units;
        for (int at = from; at < to; at += units) {
            for (int j = 0; j < units; j++) {
                y[at + j] = (x[at + j] - state[means + j]) * state[roots + j];
            }
            if (weight != null) {
                for (int j = 0; j < units; j++) {
                    y[at + j] *= parameters[weight.offset() + j];
                }
            }
            if (bias != null) {
                for (int j = 0; j < units; j++) {
                    y[at + j] += parameters[bias.offset() + j];
                }
            }
        }
    }

    @Override
    public void beginBackward(Frame frame) {
        int units = units();
        float[] state = frame.state;
        Arrays.fill(state, SUM * units, PARTS * units, 0);
        int sampled = sampled(frame);
        sum(frame, 0, sampled, MEAN);
        if (sampled > 0) {
            // Only these two enter the derivative by the input.
            spread(frame, state, SUM * units, PRODUCTS * units);
            int count = sampled / units;
            for (int j = 0; j < units; j++) {
                state[SUM * units + j] /= count;
                state[PRODUCTS * units + j] /= count;
            }
        }
    }

    /** Adds up the derivatives by the result, and their products with the normalised input. */
    private void sum(Frame frame, int from, int to, int part) {
        int units = units();
        float[] state = frame.state;
        float[] x = frame.inputs[0];
        int means = part * units;
        int roots = means + units;
        int sums = SUM * units;
        int products = PRODUCTS * units;
        for (int at = from; at < to; at += units) {
            for (int j = 0; j < units; j++) {
                float upstream = frame.gradient[at + j];
                state[sums + j] += upstream;
                state[products + j] += upstream * ((x[at + j] - state[means + j]) * state[roots + j]);
            }
        }
    }

    /** Adds sums of derivatives to those by the parameters. */
    private void spread(Frame frame, float[] source, int sums, int products) {
        float[] gradients = frame.context.gradients;
        for (int j = 0; j < units(); j++) {
            if (weight != null) {
                gradients[weight.offset() + j] += source[products + j];
            }
            if (bias != null) {
                gradients[bias.offset() + j] += source[sums + j];
            }
        }
    }

    @Override
    public void backward(Frame frame, int from, int to) {
        int units = units();
        float[] state = frame.state;
        float[] parameters = frame.context.parameters;
        float[] x = frame.inputs[0];
        float[] target = frame.inputGradients[0];
        int sampled = Math.min(Math.max(sampled(frame), from * frame.width), to * frame.width);
        for (int at = from * frame.width; at < to * frame.width; at += units) {
            boolean own = at < sampled;
            int means = (own ? MEAN : RUNNING_MEAN) * units;
            int roots = means + units;
            for (int j = 0; j < units; j++) {
                float upstream = frame.gradient[at + j];
                float slope = weight == null ? state[roots + j] : state[roots + j] * parameters[weight.offset() + j];
                if (own) {
                    float normal = (x[at + j] - state[means + j]) * state[roots + j];
                    upstream -= state[SUM * units + j] + normal * state[PRODUCTS * units + j];
                }
                float derivative = upstream * slope;
                target[at + j] = frame.adds[0] ? target[at + j] + derivative : derivative;
            }
        }
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    /** The derivatives by factors and summands that are not the samples'. */
    @Override
    public void accumulate(Frame frame, int part, int parts) {
        int sampled = sampled(frame);
        int end = frame.context.count(frame.axis) * frame.width;
        if (part > 0 || sampled == end) {
            return;
        }
        int units = units();
        Arrays.fill(frame.state, SUM * units, PARTS * units, 0);
        sum(frame, sampled, end, RUNNING_MEAN);
        spread(frame, frame.state, SUM * units, PRODUCTS * units);
    }

    @Override
    public boolean affine() {
        return true;
    }
}

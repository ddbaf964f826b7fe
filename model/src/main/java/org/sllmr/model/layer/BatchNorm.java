// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.model.initialization.Initialization;

/**
 * Batch normalization (Ioffe and Szegedy 2015) in which only training samples make the statistics.
 *
 * <p>In training, the first {@link Pass#sampleRows} rows are normalised by their own mean and variance, which also move
 * the running ones (momentum 0.1, unbiased variance, epsilon 1e-5: PyTorch's defaults). Rows that are there for guidance
 * alone follow another distribution; they are normalised by the running statistics, as they would be in serving, and
 * leave no trace in any statistic.
 */
final class BatchNorm {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    private final @Nullable Parameter weight;
    private final @Nullable Parameter bias;
    private final Parameter mean;
    private final Parameter variance;
    private final double epsilon;

    /** Declares {@code name.weight}, {@code name.bias}, {@code name.running_mean} and {@code name.running_var}. */
    public BatchNorm(NetworkBuilder builder, String name, int width) {
        this(
                builder,
                name,
                width,
                builder.parameter(name + ".weight", new Initialization.Constant(1), width, width, width),
                builder.parameter(name + ".bias", new Initialization.Constant(0), width, width, width),
                EPSILON);
    }

    private BatchNorm(
            NetworkBuilder builder,
            String name,
            int width,
            @Nullable Parameter weight,
            @Nullable Parameter bias,
            double epsilon) {
        this.weight = weight;
        this.bias = bias;
        this.mean = builder.statistic(name + ".running_mean", 0, width);
        this.variance = builder.statistic(name + ".running_var", 1, width);
        this.epsilon = epsilon;
    }

    /** Normalises only: declares {@code name.running_mean} and {@code name.running_var}. */
    static BatchNorm withoutScale(NetworkBuilder builder, String name, int width, double epsilon) {
        return new BatchNorm(builder, name, width, null, null, epsilon);
    }

    /**
     * Normalises.
     *
     * @param x {@code [rows, width]}; with fewer than 2 samples there are no batch statistics, and
     *     the running ones serve
     */
    public Tensor forward(Tensor x, Pass pass) {
        int samples = pass.mode() == Pass.Mode.TRAINING ? pass.sampleRows() : 0;
        if (samples < 2) {
            return normalize(x, mean.tensor(), variance.tensor(), false);
        }
        if (samples == pass.rows()) {
            return normalize(x, mean.tensor(), variance.tensor(), true);
        }
        // The others see the statistics from before this step, in the backward pass too, which reads them again.
        Tensor beforeMean = mean.tensor().clone();
        Tensor beforeVariance = variance.tensor().clone();
        Tensor first = normalize(x.narrow(0, 0, samples), mean.tensor(), variance.tensor(), true);
        Tensor others = x.narrow(0, samples, (long) pass.rows() - samples);
        return torch.cat(new TensorVector(first, normalize(others, beforeMean, beforeVariance, false)), 0);
    }

    private Tensor normalize(Tensor x, Tensor runningMean, Tensor runningVariance, boolean training) {
        return torch.batch_norm(
                x,
                optional(weight),
                optional(bias),
                new TensorOptional(runningMean),
                new TensorOptional(runningVariance),
                training,
                MOMENTUM,
                epsilon,
                false);
    }

    private static TensorOptional optional(@Nullable Parameter parameter) {
        return parameter == null ? new TensorOptional() : new TensorOptional(parameter.tensor());
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.initialization.Initialization;

/**
 * Batch normalization (Ioffe and Szegedy 2015) in which only training samples make the statistics.
 *
 * <p>In training, the first {@link Pass#sampleRows} rows are normalised by their own mean and variance, which also move
 * the running ones (momentum 0.1, unbiased variance, epsilon 1e-5: PyTorch's defaults). Rows that are there for guidance
 * alone follow another distribution; they are normalised by the running statistics, as they would be in serving, and
 * leave no trace in any statistic.
 */
public final class BatchNorm {
    private static final double MOMENTUM = 0.1;
    private static final double EPSILON = 1e-5;

    private final Parameter weight;
    private final Parameter bias;
    private final Parameter mean;
    private final Parameter variance;

    /** Declares {@code name.weight}, {@code name.bias}, {@code name.running_mean} and {@code name.running_var}. */
    public BatchNorm(NetworkBuilder builder, String name, int width) {
        this.weight = builder.parameter(name + ".weight", new Initialization.Constant(1), width, width, width);
        this.bias = builder.parameter(name + ".bias", new Initialization.Constant(0), width, width, width);
        this.mean = builder.statistic(name + ".running_mean", 0, width);
        this.variance = builder.statistic(name + ".running_var", 1, width);
    }

    /**
     * Normalises.
     *
     * @param x {@code [rows, width]}; in training, at least 2 of the rows are samples
     */
    public Tensor forward(Tensor x, Pass pass) {
        int samples = pass.mode() == Pass.Mode.TRAINING ? pass.sampleRows() : 0;
        if (samples == 0) {
            return normalize(x, false);
        }
        if (samples == pass.rows()) {
            return normalize(x, true);
        }
        // The others first: they must see the statistics from before this step.
        Tensor others = normalize(x.narrow(0, samples, (long) pass.rows() - samples), false);
        return torch.cat(new TensorVector(normalize(x.narrow(0, 0, samples), true), others), 0);
    }

    private Tensor normalize(Tensor x, boolean training) {
        return torch.batch_norm(
                x,
                new TensorOptional(weight.tensor()),
                new TensorOptional(bias.tensor()),
                new TensorOptional(mean.tensor()),
                new TensorOptional(variance.tensor()),
                training,
                MOMENTUM,
                EPSILON,
                false);
    }
}

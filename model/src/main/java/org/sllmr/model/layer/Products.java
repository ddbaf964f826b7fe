// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.kernel.MatrixKernels;

/**
 * Products of rows and weights.
 *
 * <p>The tensor library chooses its kernels by processor and shape, and on processors without AVX-512 a kernel adds up the
 * sixth row of a block in another order than the first. Without gradients, rows are therefore multiplied by
 * {@link MatrixKernels}: a row's bits depend neither on where it stands nor on what stands beside it.
 */
final class Products {
    private static final MatrixKernels KERNELS = MatrixKernels.fastest();

    private Products() {}

    /**
     * x W^T + b.
     *
     * @param x {@code [rows, in]}
     * @param weight W, {@code [out, in]}
     * @param bias b, {@code [out]}, or nothing
     * @return {@code [rows, out]}
     */
    static Tensor linear(Tensor x, Tensor weight, TensorOptional bias) {
        if (GradMode.is_enabled() || x.size(0) == 0) {
            return torch.linear(x, weight, bias);
        }
        int rows = Math.toIntExact(x.size(0));
        int in = Math.toIntExact(x.size(1));
        int out = Math.toIntExact(weight.size(0));
        float[] product = multiply(floats(x, rows * in), floats(weight, out * in), rows, in, out);
        Tensor y = Tensor.create(product).view(rows, out);
        return bias.has_value() ? y.add_(bias.get()) : y;
    }

    private static float[] floats(Tensor tensor, int size) {
        float[] values = new float[size];
        tensor.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static float[] multiply(float[] x, float[] weight, int rows, int in, int out) {
        int filledRows = filled(rows, MatrixKernels.ROWS);
        int filledOut = filled(out, KERNELS.width());
        float[] panels = new float[MatrixKernels.panelsSize(filledRows, in)];
        for (int row = 0; row < rows; row++) {
            int at = MatrixKernels.panel(row, 0, in);
            for (int k = 0; k < in; k++) {
                panels[at + k * MatrixKernels.PANEL] = x[row * in + k];
            }
        }
        float[] transposed = new float[in * filledOut];
        for (int unit = 0; unit < out; unit++) {
            for (int k = 0; k < in; k++) {
                transposed[k * filledOut + unit] = weight[unit * in + k];
            }
        }
        float[] wide = new float[filledRows * filledOut];
        for (int strip = 0; strip < filledOut; strip += KERNELS.width()) {
            KERNELS.multiply(panels, 0, transposed, strip, filledOut, wide, strip, filledOut, filledRows, in, false);
        }
        float[] product = new float[rows * out];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(wide, row * filledOut, product, row * out, out);
        }
        return product;
    }

    private static int filled(int size, int block) {
        return (size + block - 1) / block * block;
    }
}

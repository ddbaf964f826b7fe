// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Matrix products of as many rows as there happen to be.
 *
 * <p>Matrix products choose their kernels by the shape of the matrix. While scoring, rows are therefore multiplied in
 * blocks of one size, the last one filled up with zeros: then a row's bits do not depend on how many rows there are.
 */
final class FixedBlocks {
    private static final int BLOCK = History.BLOCK;

    private FixedBlocks() {}

    /** x W^T + b for x {@code [rows, in]}. */
    static Tensor linear(Tensor x, Tensor weight, TensorOptional bias, Pass pass) {
        long rows = x.size(0);
        if (pass.mode() != Pass.Mode.SCORING || rows == 0) {
            return torch.linear(x, weight, bias);
        }
        long blocks = (rows + BLOCK - 1) / BLOCK;
        Tensor padded = torch.constant_pad_nd(x, 0, 0, 0, blocks * BLOCK - rows);
        TensorVector products = new TensorVector();
        for (long block = 0; block < blocks; block++) {
            products.push_back(torch.linear(padded.narrow(0, block * BLOCK, BLOCK), weight, bias));
        }
        return torch.cat(products, 0).narrow(0, 0, rows);
    }
}

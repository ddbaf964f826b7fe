// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.layer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The second-order term of a factorization machine (Rendle 2010, lemma 3.1): the sum over pairs of fields of their
 * embeddings' inner products, as half of (square of sum - sum of squares).
 */
public final class FactorizationMachine {
    private final int fields;
    private final int dimension;

    /** For that many fields of that dimension. */
    public FactorizationMachine(int fields, int dimension) {
        this.fields = fields;
        this.dimension = dimension;
    }

    /**
     * The term.
     *
     * @param x {@code [rows, fields * dimension]}
     * @return {@code [rows, 1]}
     */
    public Tensor forward(Tensor x) {
        Tensor embeddings = x.view(-1, fields, dimension);
        Tensor sum = embeddings.sum(1);
        Tensor squares = embeddings.square().sum(1);
        return sum.square()
                .sub(squares)
                .sum(new long[] {1}, true, new ScalarTypeOptional())
                .mul(new Scalar(0.5f));
    }
}

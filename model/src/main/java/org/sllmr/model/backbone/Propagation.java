// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone;

import org.sllmr.configuration.Checks;

/**
 * What a backbone asks to be done to the embeddings of users and items before it reads them: the light graph convolution of
 * He et al., "LightGCN", SIGIR 2020, Section 3.1, or the layers of Wang et al., "Neural Graph Collaborative Filtering", SIGIR
 * 2019, Section 2.2.
 *
 * <p>With the graph of the training interactions, each layer gives a row the sum of its neighbours' rows, each divided by
 * the root of both numbers of neighbours. A row that is read is the mean of all layers, the trained row being the first.
 *
 * <p>A neural layer multiplies sums of neighbours and products with them by trained matrices, and a row that is read has
 * all layers one behind the other. So only the first of its layers + 1 parts is trained. The matrices are parameters of the
 * network that the backbone declares, by the names of {@code LayerWeights}.
 *
 * @param layers number of layers behind the trained rows, 1 to 8
 * @param neural whether layers have weights
 * @param batchWeightDecay weight decay of the trained rows that a batch's samples name, 0 to 1 (the paper's equation 15 as
 *     its code has it): half the squared length of the rows of user, positive and negatives is added to the loss, times
 *     this over the number of positives
 */
public record Propagation(int layers, boolean neural, double batchWeightDecay) {
    /** Checks the ranges. */
    public Propagation {
        new Checks()
                .between("layers", layers, 1, 8)
                .between("batchWeightDecay", batchWeightDecay, 0, 1)
                .done();
    }

    /** Without weights. */
    public Propagation(int layers, double batchWeightDecay) {
        this(layers, false, batchWeightDecay);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sllmr.data.Seed;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.GraphBuilder;
import org.sllmr.model.graph.Node;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.operation.Histories;

class StepFloorTest {
    /** A perceptron 6-4-1 over 8 samples. */
    private static Graph perceptron() {
        GraphBuilder network = new GraphBuilder(6, 0, 0, new Seed(1), LinearInitialization.XAVIER_NORMAL);
        Node hidden = network.linear("hidden", network.row(), 4);
        return network.build(network.linear("output", hidden, 1));
    }

    @Test
    void aLayerHasItsProductAndTwoForTheDerivatives() {
        assertThat(MatrixProduct.ofStep(perceptron(), 8, Histories.NONE))
                .containsExactly(
                        new MatrixProduct(8, 6, 4),
                        new MatrixProduct(8, 4, 6),
                        new MatrixProduct(4, 8, 6),
                        new MatrixProduct(8, 4, 1),
                        new MatrixProduct(8, 1, 4),
                        new MatrixProduct(1, 8, 4));
        assertThat(new MatrixProduct(8, 6, 4).multiplyAdds()).isEqualTo(192);
    }

    @Test
    void bytesAreThoseOfRowsParametersAndValues() {
        // 33 parameters; 6, 4 and 1 values for each of 8 samples.
        assertThat(MovedBytes.ofStep(perceptron(), 10, 5, 8, Histories.NONE))
                .isEqualTo(new MovedBytes(10 * 5 * 32, 33 * 32, 8 * 11 * 16));
    }
}

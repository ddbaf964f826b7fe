// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Histories;

/**
 * Bytes that a training step reads and writes at least.
 *
 * @param rows of the batch's embedding rows: weights and both moments are read and written, the derivative is written and
 *     read
 * @param network of the network's parameters: the same
 * @param values of what operations compute: each value and its derivative is written once and read once
 */
record MovedBytes(long rows, long network, long values) {
    private static final int PER_PARAMETER = 8 * Float.BYTES;
    private static final int PER_VALUE = 4 * Float.BYTES;

    /**
     * Counts them.
     *
     * @param distinctRows embedding rows of a batch, each counted once
     * @param rowWidth floats of an embedding row
     * @param samples rows of a batch
     * @param histories their histories
     */
    static MovedBytes ofStep(Graph graph, double distinctRows, int rowWidth, int samples, Histories histories) {
        long values = 0;
        for (Node node : graph.nodes()) {
            values += (long) MatrixProduct.vectors(node.axis(), samples, histories) * node.width();
        }
        return new MovedBytes(
                Math.round(distinctRows * rowWidth) * PER_PARAMETER,
                (long) PER_PARAMETER * graph.parameters().trained(),
                values * PER_VALUE);
    }

    long all() {
        return rows + network + values;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;

/**
 * One layer of a propagation, {@code target = factor * (base + A table)} for the normalized adjacency A of a graph.
 *
 * <p>Each node is computed by itself, in the order of its neighbours, so threads and blocks cannot change a bit.
 */
final class LayerPass {
    /** Neighbours and nodes of a piece of work: some tens of microseconds. */
    private static final int PIECE = 8192;

    private static final int NODES = 64;

    private final Kernels kernels;
    private final InteractionGraph graph;
    private final int stride;
    private final int length;
    private final Parallel parallel;
    /** First node of each piece of work, and their end. */
    private final int[] pieces;

    /**
     * For vectors in rows of a stride, of which the first {@code length} floats are propagated.
     *
     * @param parallel runs the pieces
     */
    LayerPass(Kernels kernels, InteractionGraph graph, int stride, int length, Parallel parallel) {
        this.kernels = kernels;
        this.graph = graph;
        this.stride = stride;
        this.length = length;
        this.parallel = parallel;
        this.pieces = pieces(graph);
    }

    private static int[] pieces(InteractionGraph graph) {
        int[] starts = new int[graph.size() + 1];
        int count = 1;
        int work = 0;
        for (int node = 0; node < graph.size(); node++) {
            if (work >= PIECE) {
                starts[count++] = node;
                work = 0;
            }
            work += 1 + graph.offsets()[node + 1] - graph.offsets()[node];
        }
        starts[count] = graph.size();
        return Arrays.copyOf(starts, count + 1);
    }

    /** Runs a task for each range of nodes. */
    void pieces(Range task) {
        parallel.run(pieces.length - 1, piece -> task.run(pieces[piece], pieces[piece + 1]));
    }

    /** What is done with a range of nodes. */
    interface Range {
        void run(int from, int to);
    }

    /** All nodes; arrays are {@code [nodes, stride]}. */
    void all(float[] table, float[] base, float factor, float[] target) {
        pieces((from, to) -> {
            for (int node = from; node < to; node++) {
                add(
                        node,
                        graph.neighbours(),
                        graph.scales(),
                        graph.offsets()[node],
                        graph.offsets()[node + 1],
                        table,
                        base,
                        factor,
                        target,
                        node * stride);
            }
        });
    }

    /**
     * All nodes, of a table that is zero but for marked nodes, which alone are read.
     *
     * @param marked whether a node counts
     */
    void ofMarked(boolean[] marked, float[] table, float[] base, float factor, float[] target) {
        pieces((from, to) -> {
            int most = IntStream.range(from, to)
                    .map(node -> graph.offsets()[node + 1] - graph.offsets()[node])
                    .max()
                    .orElse(0);
            int[] neighbours = new int[most];
            float[] scales = new float[most];
            for (int node = from; node < to; node++) {
                int count = 0;
                for (int e = graph.offsets()[node]; e < graph.offsets()[node + 1]; e++) {
                    if (marked[graph.neighbours()[e]]) {
                        neighbours[count] = graph.neighbours()[e];
                        scales[count++] = graph.scales()[e];
                    }
                }
                add(node, neighbours, scales, 0, count, table, base, factor, target, node * stride);
            }
        });
    }

    /**
     * Some nodes.
     *
     * @param nodes the nodes; negative numbers are skipped
     * @param count how many of them
     * @param target {@code [embedding rows, stride]}, unlike the other arrays
     */
    void toRows(int[] nodes, int count, float[] table, float[] base, float factor, float[] target) {
        parallel.run((count + NODES - 1) / NODES, piece -> {
            for (int i = piece * NODES; i < Math.min(count, (piece + 1) * NODES); i++) {
                if (nodes[i] >= 0) {
                    toRow(nodes[i], table, base, factor, target);
                }
            }
        });
    }

    /** All nodes; the target is {@code [embedding rows, stride]}, unlike the other arrays. */
    void allToRows(float[] table, float[] base, float factor, float[] target) {
        pieces((from, to) -> {
            for (int node = from; node < to; node++) {
                toRow(node, table, base, factor, target);
            }
        });
    }

    private void toRow(int node, float[] table, float[] base, float factor, float[] target) {
        add(
                node,
                graph.neighbours(),
                graph.scales(),
                graph.offsets()[node],
                graph.offsets()[node + 1],
                table,
                base,
                factor,
                target,
                graph.rows()[node] * stride);
    }

    private void add(
            int node,
            int[] neighbours,
            float[] scales,
            int from,
            int to,
            float[] table,
            float[] base,
            float factor,
            float[] target,
            int at) {
        kernels.addNeighbours(
                table, stride, neighbours, scales, from, to, base, node * stride, factor, target, at, length);
    }
}

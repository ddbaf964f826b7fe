// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.layer.NativeFloats;
import org.sllmr.model.layer.Pass;
import org.sllmr.model.network.Network;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.table.EmbeddingTables;

/**
 * Scores rows in blocks of one size, the last one filled up with zeros.
 *
 * <p>Matrix products choose their kernels by the shape of the matrix. With one shape, a row's score has the same bits
 * wherever the row stands and whatever stands beside it.
 */
final class BlockScorer implements AutoCloseable {
    static final int BLOCK = 256;

    private final EmbeddingTables tables;
    private final Network network;
    private final List<Worker> workers = new ArrayList<>();

    BlockScorer(
            FeatureSchema schema, EmbeddingTables tables, Network network, InputShape shape, FirstOrder firstOrder) {
        this.tables = tables;
        this.network = network;
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(new BatchRows(Kernels.fastest(), schema, shape, firstOrder)));
        }
    }

    float[] score(InteractionLog log, Instances instances) {
        float[] scores = new float[instances.size()];
        int blocks = (instances.size() + BLOCK - 1) / BLOCK;
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, Math.min(blocks, workers.size())).parallel().forEach(number -> {
            Worker worker = workers.get(number);
            for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
                worker.score(log, instances, block, scores);
            }
        });
        return scores;
    }

    @Override
    public void close() {
        workers.forEach(worker -> worker.block.close());
    }

    private final class Worker {
        private final BatchRows rows;
        private final NativeFloats block = new NativeFloats();
        private final float[] input;
        private final float[] logits = new float[BLOCK];

        Worker(BatchRows rows) {
            this.rows = rows;
            this.input = new float[BLOCK * rows.width()];
        }

        void score(InteractionLog log, Instances instances, int number, float[] scores) {
            int from = number * BLOCK;
            int to = Math.min(instances.size(), from + BLOCK);
            rows.fill(log, instances, from, to);
            rows.gather(tables, input, logits);
            Arrays.fill(input, (to - from) * rows.width(), input.length, 0);
            network.infer(block, input, rows.history(), Pass.scoring(BLOCK), logits);
            System.arraycopy(logits, 0, scores, from, to - from);
        }
    }
}

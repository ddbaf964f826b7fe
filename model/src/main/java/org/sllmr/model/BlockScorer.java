// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.engine.Network;
import org.sllmr.model.engine.RowInputs;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.table.TableRows;

/** Scores rows in blocks, in several threads; a row's score depends neither on its block nor on its place there. */
final class BlockScorer {
    static final int BLOCK = 256;
    private static final float[] NO_EXAMPLES = {};

    private final Network network;
    private final List<Worker> workers = new ArrayList<>();

    BlockScorer(FeatureSchema schema, Network network, InputShape shape, FirstOrder firstOrder) {
        this.network = network;
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        for (int i = 0; i < threads; i++) {
            workers.add(new Worker(
                    new BatchRows(Kernels.fastest(), schema, shape, firstOrder),
                    network.newScoring(),
                    ExampleTokens.of(Kernels.fastest(), schema, shape)));
        }
    }

    /** Looks up examples in a pool from now on. */
    void readFrom(Examples pool) {
        workers.forEach(worker -> worker.examples.ifPresent(tokens -> tokens.readFrom(pool)));
    }

    float[] score(TableRows embeddings, InteractionLog log, Instances instances) {
        network.prepareScoring();
        float[] scores = new float[instances.size()];
        int blocks = (instances.size() + BLOCK - 1) / BLOCK;
        AtomicInteger next = new AtomicInteger();
        IntStream.range(0, Math.min(blocks, workers.size())).parallel().forEach(number -> {
            Worker worker = workers.get(number);
            for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
                worker.score(embeddings, log, instances, block, scores);
            }
        });
        return scores;
    }

    private static final class Worker {
        private final BatchRows rows;
        private final Optional<ExampleTokens> examples;
        private final Network.Scoring scoring;
        private final float[] input;
        private final float[] pairs;
        private final float[] logits = new float[BLOCK];

        Worker(BatchRows rows, Network.Scoring scoring, Optional<ExampleTokens> examples) {
            this.examples = examples;
            this.rows = rows;
            this.scoring = scoring;
            this.input = new float[BLOCK * rows.width() + Products.SLACK];
            this.pairs = new float[BLOCK * rows.pairWidth() + Products.SLACK];
        }

        void score(TableRows embeddings, InteractionLog log, Instances instances, int number, float[] scores) {
            int from = number * BLOCK;
            int to = Math.min(instances.size(), from + BLOCK);
            rows.fill(log, instances, from, to);
            rows.numbers(log, instances, from, false, input, pairs);
            rows.gather(embeddings, input, logits);
            float[] ofExamples = examples.map(tokens -> {
                        tokens.fill(log, instances, from, to);
                        return tokens.gather(embeddings);
                    })
                    .orElse(NO_EXAMPLES);
            scoring.score(new RowInputs(input, pairs, ofExamples, rows.history()), to - from, logits);
            System.arraycopy(logits, 0, scores, from, to - from);
        }
    }
}

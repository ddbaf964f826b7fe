// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.profile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.model.ModelSettings;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.batch.UniqueRows;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.engine.Network;
import org.sllmr.model.engine.RowInputs;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.DropoutMasks;
import org.sllmr.model.operation.Histories;
import org.sllmr.model.operation.Pass;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Table;
import org.sllmr.model.table.EmbeddingTables;
import org.sllmr.training.objective.BinaryCrossEntropy;

/**
 * The training step of {@link org.sllmr.model.Model} in one thread, with a clock between its parts.
 *
 * <p>A test compares its losses with the model's bit by bit, so that the timed steps stay the real ones.
 */
final class PhasedStep {
    /** Processor time of this thread: other work on the machine does not count. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final AdamSchedule tableSchedule;
    private final AdamSchedule networkSchedule;
    private final EmbeddingTables tables;
    private final int rowWidth;
    private final Network network;
    private final BatchRows rows;
    private final UniqueRows unique;
    private final DropoutMasks masks;
    private final Seed dropout;
    private final double learningRate;
    private final BinaryCrossEntropy objective = BinaryCrossEntropy.defaults();
    private final Map<Phase, Long> nanoseconds = new EnumMap<>(Phase.class);
    private float[] input = new float[0];
    private float[] pairs = new float[0];
    private long last;

    /** Creates the same model as {@code ModelSettings.create}. */
    PhasedStep(FeatureSchema schema, ModelSettings settings, Seed seed) {
        OptimizerSettings optimizer = settings.optimizer();
        int dimension = settings.embeddingDimension();
        FirstOrder firstOrder = settings.backbone().firstOrder();
        boolean linear = firstOrder != FirstOrder.NONE;
        EngineKernels engine = EngineKernels.fastest();
        Kernels kernels = engine.rows();
        learningRate = optimizer.learningRate();
        tableSchedule = new AdamSchedule(optimizer, optimizer.tableWeightDecay());
        networkSchedule = new AdamSchedule(optimizer, optimizer.networkWeightDecay());
        rowWidth = dimension + (linear ? 1 : 0);
        tables = new EmbeddingTables(kernels, tableSchedule, optimizer.tableUpdates(), schema.rows(), rowWidth);
        Initialization start = settings.initialization().of(schema.labelled());
        for (Table table : schema.tables()) {
            tables.initialize(table, 0, dimension, start, seed.child("embeddings"));
            if (linear) {
                tables.initialize(table, dimension, 1, start, seed.child("first-order weights"));
            }
        }
        InputShape shape = settings.shape(schema);
        network = new Network(settings.network(shape, seed.child("network")), networkSchedule, engine);
        dropout = seed.child("dropout");
        rows = new BatchRows(kernels, schema, shape, firstOrder);
        unique = new UniqueRows(schema.rows());
        masks = network.newMasks();
    }

    /** Makes one step and returns its loss. */
    double step(InteractionLog log, Instances samples, float[] labels, int groupSize) {
        int size = samples.size();
        last = CLOCK.getCurrentThreadCpuTime();
        rows.fill(log, samples, 0, size);
        rows.number(unique);
        clock(Phase.LOOKUP);
        if (input.length < size * rows.width() + Products.SLACK) {
            input = new float[size * rows.width() + Products.SLACK];
        }
        if (pairs.length < size * rows.pairWidth() + Products.SLACK) {
            pairs = new float[size * rows.pairWidth() + Products.SLACK];
        }
        rows.numbers(log, samples, 0, true, input, pairs);
        clock(Phase.NUMBERS);
        masks.draw(size, rows.history().items(), dropout.child(tableSchedule.steps()));
        clock(Phase.DROPOUT);
        for (int slot = 0; slot < unique.count(); slot++) {
            tables.catchUp(unique.rows()[slot], tableSchedule.steps());
        }
        clock(Phase.CATCH_UP);
        float[] logits = new float[size];
        rows.gather(tables.rows(), input, logits);
        clock(Phase.GATHER);
        network.forward(
                new RowInputs(input, pairs, rows.history()), new Pass(Pass.Mode.TRAINING, size, size, masks), logits);
        clock(Phase.FORWARD);
        float[] gradient = new float[size];
        double loss = objective.evaluate(logits, labels, groupSize, gradient);
        clock(Phase.LOSS);
        network.backward(gradient);
        clock(Phase.BACKWARD);
        float[] rowGradients =
                rows.scatter(unique, tables.stride(), network.fieldGradients(), network.historyGradients(), gradient);
        clock(Phase.SCATTER);
        network.update(networkSchedule.begin(learningRate));
        clock(Phase.UPDATE_NETWORK);
        tables.update(unique.rows(), unique.count(), rowGradients, tableSchedule.begin(learningRate));
        clock(Phase.UPDATE_ROWS);
        return loss;
    }

    private void clock(Phase phase) {
        long now = CLOCK.getCurrentThreadCpuTime();
        nanoseconds.merge(phase, now - last, Long::sum);
        last = now;
    }

    /** Processor nanoseconds of a phase since the last {@link #reset}. */
    long nanoseconds(Phase phase) {
        return nanoseconds.getOrDefault(phase, 0L);
    }

    /** Distinct embedding rows of the last batch. */
    int distinctRows() {
        return unique.count();
    }

    /** The network. */
    Graph graph() {
        return network.graph();
    }

    /** The histories of the last batch. */
    Histories histories() {
        return rows.history().histories();
    }

    /** Floats of an embedding row, without padding. */
    int rowWidth() {
        return rowWidth;
    }

    /** Sets all clocks to 0. */
    void reset() {
        nanoseconds.clear();
    }
}

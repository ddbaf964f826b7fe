// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.model.backbone.FirstOrder;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.batch.BatchRows;
import org.sllmr.model.batch.UniqueRows;
import org.sllmr.model.batch.Unknowns;
import org.sllmr.model.engine.EngineKernels;
import org.sllmr.model.engine.Network;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.initialization.Initialization;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.operation.DropoutMasks;
import org.sllmr.model.operation.Pass;
import org.sllmr.model.optimizer.AdamRest;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.optimizer.GradientClipping;
import org.sllmr.model.optimizer.OptimizerSettings;
import org.sllmr.model.propagation.LayerWeights;
import org.sllmr.model.propagation.PropagatedRows;
import org.sllmr.model.propagation.RowGradients;
import org.sllmr.model.retrieval.Examples;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Table;
import org.sllmr.model.table.EmbeddingTables;
import org.sllmr.model.table.TableRows;

/**
 * Embedding tables under a backbone's network.
 *
 * <p>A step touches few of the embedding rows, so they are not part of the network: the rows of a batch are pooled to one
 * matrix, the network runs on it, and the derivative by that matrix is summed back to the rows.
 *
 * <p>What one thread prepares while another one trains: {@link #prepare} moves only rows that the batch under way does
 * not touch, up to the steps that were complete when it began; {@link #forward} makes up for the rest. So threads never
 * share a row, and since a late step has the bits of a timely one, the overlap cannot be seen in any result.
 */
final class CtrModel implements Model {
    private final FeatureSchema schema;
    private final ModelSettings settings;
    private final AdamSchedule tableSchedule;
    private final AdamSchedule networkSchedule;
    private final EmbeddingTables tables;
    private final Kernels kernels;
    private final Network network;
    private final BlockScorer scorer;
    private final Optional<PropagatedRows> propagated;
    private Seed dropout;
    private Seed unknowns;
    private final PreparedBatch[] batches = new PreparedBatch[2];
    private long prepared;
    private double learningRate;
    private boolean forwarded;
    /** Number of places that have a share of each batch. */
    private int places = 1;

    /** Whether the tables hold rows of a model file, which are read as they are. */
    private boolean readOnly;

    private CtrModel(FeatureSchema schema, ModelSettings settings, EngineKernels engine, Seed seed) {
        this.schema = schema;
        this.settings = settings;
        OptimizerSettings optimizer = settings.optimizer();
        int dimension = settings.embeddingDimension();
        FirstOrder firstOrder = settings.backbone().firstOrder();
        boolean linear = firstOrder != FirstOrder.NONE;
        InputShape shape = settings.shape(schema);
        this.learningRate = optimizer.learningRate();
        this.tableSchedule = new AdamSchedule(optimizer, optimizer.tableWeightDecay());
        this.networkSchedule = new AdamSchedule(optimizer, optimizer.networkWeightDecay());
        this.kernels = engine.rows();
        this.tables = new EmbeddingTables(
                kernels, tableSchedule, optimizer.tableUpdates(), schema.rows(), dimension + (linear ? 1 : 0));
        Seed embeddings = seed.child("embeddings");
        Seed weights = seed.child("first-order weights");
        Initialization start = settings.initialization().of(schema.labelled());
        for (Table table : schema.tables()) {
            tables.initialize(table, 0, dimension, start, embeddings);
            if (linear) {
                tables.initialize(table, dimension, 1, start, weights);
            }
        }
        this.network = new Network(settings.network(shape, seed.child("network")), networkSchedule, engine);
        this.scorer = new BlockScorer(schema, network, shape, firstOrder);
        this.propagated = schema.interactions().isEmpty()
                ? Optional.empty()
                : settings.backbone()
                        .propagation()
                        .map(propagation -> PropagatedRows.of(
                                kernels,
                                schema,
                                tables,
                                propagation,
                                dimension,
                                layerWeights(),
                                engine.products(),
                                Parallel.ALL));
        this.dropout = seed.child("dropout");
        this.unknowns = seed.child("unknown values");
        for (int i = 0; i < batches.length; i++) {
            batches[i] = new PreparedBatch(
                    new BatchRows(kernels, schema, shape, firstOrder),
                    new UniqueRows(schema.rows()),
                    network.newMasks(),
                    ExampleTokens.of(kernels, schema, shape));
        }
    }

    private LayerWeights layerWeights() {
        return new LayerWeights(
                network.parameters(),
                network.gradients(),
                network.graph().parameters().parameters());
    }

    /** An untrained model for that data; same seed, same parameters. */
    static CtrModel create(TrainingData data, ModelSettings settings, Seed seed) {
        return create(settings.fields(data), settings, seed);
    }

    /** An untrained model for that schema. */
    static CtrModel create(FeatureSchema schema, ModelSettings settings, Seed seed) {
        return new CtrModel(schema, settings, EngineKernels.fastest(), seed);
    }

    /** As {@link #create(FeatureSchema, ModelSettings, Seed)}, with given kernels. */
    static CtrModel create(FeatureSchema schema, ModelSettings settings, EngineKernels engine, Seed seed) {
        return new CtrModel(schema, settings, engine, seed);
    }

    @Override
    public FeatureSchema schema() {
        return schema;
    }

    @Override
    public ModelSettings settings() {
        return settings;
    }

    EmbeddingTables tables() {
        return tables;
    }

    /** The rows that the network reads, all of them as they are now. */
    TableRows embeddings() {
        tables.catchUpAll();
        return propagated.isEmpty() || readOnly
                ? tables.rows()
                : propagated.get().all();
    }

    @Override
    public void know(IntUnaryOperator known) {
        synchronized (tables) {
            tables.catchUpAll();
            propagated.ifPresent(rows -> rows.know(known));
            schema.examples().map(pool -> pool.knowing(known)).ifPresent(this::readFrom);
        }
    }

    private void readFrom(Examples pool) {
        for (PreparedBatch batch : batches) {
            batch.examples.ifPresent(tokens -> tokens.readFrom(pool));
        }
        scorer.readFrom(pool);
    }

    Network network() {
        return network;
    }

    @Override
    public Batch prepare(InteractionLog log, Instances rows, int sampleRows) {
        if (sampleRows < 0 || sampleRows > rows.size() || rows.size() == 0) {
            throw new IllegalArgumentException(sampleRows + " of " + rows.size() + " rows cannot be samples");
        }
        synchronized (tables) {
            PreparedBatch batch = batches[(int) (prepared % 2)];
            PreparedBatch previous = batches[(int) ((prepared + 1) % 2)];
            batch.number = prepared++;
            batch.sampleRows = sampleRows;
            batch.resamples = 0;
            batch.finished = false;
            batch.rows.fill(
                    log, rows, 0, rows.size(), new Unknowns(schema.unknown().share(), unknowns.child(batch.number)));
            batch.rows.numbers(log, rows, 0, true, batch.input(), batch.pairs());
            batch.rows.number(batch.unique);
            batch.examples.ifPresent(tokens -> {
                tokens.fill(log, rows, 0, rows.size());
                tokens.number(batch.unique);
            });
            batch.masks.draw(rows.size(), batch.rows.history().items(), dropout.child(batch.number));
            int complete = tableSchedule.steps();
            boolean alone = previous.finished;
            // Once the step of the batch before is made, its thread waits for this one, and lets the other rows catch
            // up.
            for (int slot = 0; slot < batch.unique.count() && (alone || !previous.finished); slot++) {
                int row = batch.unique.rows()[slot];
                if ((alone || !previous.unique.contains(row)) && !movesEveryStep(row)) {
                    tables.catchUp(row, complete);
                }
            }
            return new PreparedBatch.Handle(batch, batch.number);
        }
    }

    /** Whether every step has a gradient for a row, so that it never has to catch up. */
    private boolean movesEveryStep(int row) {
        return propagated.isPresent() && propagated.get().contains(row);
    }

    @Override
    public float[] forward(Batch batch) {
        requireTrainable();
        PreparedBatch current = current(batch);
        float[] logits = gather(current);
        Pass pass = new Pass(Pass.Mode.TRAINING, current.rows.rows(), current.sampleRows, current.masks);
        network.forward(current.inputs(), pass, logits);
        forwarded = true;
        return logits;
    }

    @Override
    public Map<String, Double> headLosses() {
        Map<String, Double> losses = new LinkedHashMap<>();
        double[] values = network.headLosses();
        for (int head = 0; head < values.length; head++) {
            losses.put(network.graph().heads().get(head).name(), values[head]);
        }
        return losses;
    }

    @Override
    public float[] resample(Batch batch) {
        PreparedBatch current = current(batch);
        float[] logits = gather(current);
        int rows = current.rows.rows();
        DropoutMasks fresh = network.newMasks();
        fresh.draw(
                rows,
                current.rows.history().items(),
                dropout.child(current.number).child("resample").child(current.resamples++));
        Pass pass = new Pass(Pass.Mode.SAMPLING, rows, current.sampleRows, fresh);
        network.sample(current.inputs(), pass, logits);
        return logits;
    }

    private float[] gather(PreparedBatch batch) {
        int complete = tableSchedule.steps();
        for (int slot = 0; slot < batch.unique.count(); slot++) {
            tables.catchUp(batch.unique.rows()[slot], complete);
        }
        TableRows embeddings = propagated.map(rows -> rows.of(batch.unique)).orElseGet(tables::rows);
        float[] logits = new float[batch.rows.rows()];
        batch.rows.gather(embeddings, batch.input(), logits);
        batch.examples.ifPresent(tokens -> tokens.gather(embeddings));
        return logits;
    }

    @Override
    public void backward(Batch batch, float[] gradient) {
        PreparedBatch current = current(batch);
        if (!forwarded) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        if (gradient.length != current.rows.rows()) {
            throw new IllegalArgumentException(gradient.length + " gradients for " + current.rows.rows() + " logits");
        }
        forwarded = false;
        network.backward(gradient);
        float[] rowGradients = current.rows.scatter(
                current.unique, tables.stride(), network.fieldGradients(), network.historyGradients(), gradient);
        current.examples.ifPresent(tokens -> tokens.scatter(rowGradients, tables.stride(), network.exampleGradients()));
        RowGradients trained = propagated
                .map(rows -> rows.backward(current.unique, rowGradients))
                .orElseGet(() -> new RowGradients(current.unique.rows(), current.unique.count(), rowGradients));
        clip(trained.values(), trained.count() * tables.stride());
        propagated.ifPresent(rows -> decay(rows, current));
        if (places > 1) {
            divide(network.gradients(), network.gradients().length);
            divide(trained.values(), trained.count() * tables.stride());
        }
        network.update(networkSchedule.begin(learningRate));
        int step = tableSchedule.begin(learningRate);
        tables.update(trained.rows(), trained.count(), trained.values(), step);
        propagated.ifPresent(PropagatedRows::changed);
        current.finished = true;
    }

    private void divide(float[] gradients, int length) {
        for (int at = 0; at < length; at++) {
            gradients[at] /= places;
        }
    }

    /** Adds the derivatives of the decay of a batch's rows. */
    private void decay(PropagatedRows rows, PreparedBatch batch) {
        double decay = rows.settings().batchWeightDecay();
        if (decay > 0) {
            float[] sums = new float[batch.unique.count() * tables.stride()];
            batch.rows.decay(tables.rows(), batch.sampleRows, decay, batch.unique, sums);
            rows.add(batch.unique, sums);
        }
    }

    private void clip(float[] rowGradients, int length) {
        double longest = settings.optimizer().maxGradientNorm();
        if (longest > 0) {
            float[] others = network.gradients();
            double squares =
                    GradientClipping.squares(rowGradients, length) + GradientClipping.squares(others, others.length);
            GradientClipping.clip(rowGradients, length, squares, longest);
            GradientClipping.clip(others, others.length, squares, longest);
        }
    }

    private PreparedBatch current(Batch batch) {
        if (!(batch instanceof PreparedBatch.Handle handle)
                || (handle.memory() != batches[0] && handle.memory() != batches[1])
                || handle.memory().number != handle.number()
                || handle.memory().finished) {
            throw new IllegalStateException("the batch is not one that this model prepared and has still to train on");
        }
        return handle.memory();
    }

    @Override
    public float[] score(InteractionLog log, Instances instances) {
        synchronized (tables) {
            tables.catchUpAll();
            return scorer.score(embeddings(), log, instances);
        }
    }

    @Override
    public void learningRate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate " + rate + " is not above 0");
        }
        learningRate = rate;
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public long parameters() {
        return tables.size() + network.graph().parameters().trained();
    }

    @Override
    public Weights weights() {
        requireTrainable();
        synchronized (tables) {
            tables.catchUpAll();
            return weights(tables.rows());
        }
    }

    private ModelWeights weights(TableRows rows) {
        return new ModelWeights(tables.copy(rows), network.copyParameters(), network.copyStatistics());
    }

    private void requireTrainable() {
        if (readOnly) {
            throw new IllegalStateException(
                    "a model file holds propagated rows, which cannot be trained; go on from a state");
        }
    }

    @Override
    public void restore(Weights weights) {
        if (!(weights instanceof ModelWeights copy)) {
            throw new IllegalArgumentException("weights of another kind of model");
        }
        synchronized (tables) {
            tables.catchUpAll();
            tables.restore(copy.tables());
            network.restore(copy.parameters(), copy.statistics());
            trainable();
        }
    }

    private void trainable() {
        readOnly = false;
        propagated.ifPresent(PropagatedRows::changed);
    }

    @Override
    public Weights weights(List<float[]> blocks) {
        return new ModelWeights(blocks.get(0), blocks.get(1), blocks.get(2));
    }

    @Override
    public TrainingState state() {
        requireTrainable();
        synchronized (tables) {
            tables.catchUpAll();
            List<float[]> blocks = new ArrayList<>(tables.state());
            blocks.addAll(network.state());
            return new TrainingState(blocks, Math.toIntExact(prepared), learningRate);
        }
    }

    @Override
    public void restore(TrainingState state) {
        if (state.blocks().size() != 8) {
            throw new IllegalArgumentException("a state of another kind of model");
        }
        synchronized (tables) {
            tables.restore(state.blocks().subList(0, 4), state.steps());
            network.restore(state.blocks().subList(4, 8));
            tableSchedule.restore(state.steps());
            networkSchedule.restore(state.steps());
            prepared = state.steps();
            learningRate = state.learningRate();
            trainable();
        }
    }

    @Override
    public int steps() {
        return tableSchedule.steps();
    }

    @Override
    public StepChange changes() {
        requireTrainable();
        synchronized (tables) {
            int[] rows = tables.changed();
            StepChange change = new StepChange(
                    tables.marked(), steps(), learningRate, rows, tables.counts(rows), caughtUp(rows), network.state());
            tables.mark();
            return change;
        }
    }

    private List<float[]> caughtUp(int[] rows) {
        int steps = steps();
        for (int row : rows) {
            tables.catchUp(row, steps);
        }
        return tables.rows(rows);
    }

    @Override
    public void apply(StepChange change) {
        synchronized (tables) {
            int steps = steps();
            if (steps != change.since() && steps != change.steps()) {
                throw otherSteps(change);
            }
            begin(change);
            tables.place(change.rows(), change.rowBlocks());
            tables.mark();
            network.restore(change.network());
            prepared = change.steps();
            trainable();
        }
    }

    /** Begins those steps of a change that this model has not made. */
    private void begin(StepChange change) {
        for (int step = steps(); step < change.steps(); step++) {
            networkSchedule.begin(change.learningRate());
            tableSchedule.begin(change.learningRate());
        }
    }

    @Override
    public StepChange apply(List<StepChange> changes) {
        synchronized (tables) {
            StepChange one = changes.get(0);
            if (steps() != one.since()) {
                throw otherSteps(one);
            }
            StepChange change = changes.size() == 1 ? one : together(new ChangesTogether(changes), one);
            apply(change);
            return change;
        }
    }

    private StepChange together(ChangesTogether changes, StepChange one) {
        List<float[]> rows = caughtUp(changes.rows());
        List<float[]> parameters = network.state();
        begin(one);
        return changes.change(
                rows,
                parameters,
                new AdamRest(kernels, tableSchedule),
                settings.optimizer().tableUpdates() == OptimizerSettings.TableUpdates.DENSE,
                new AdamRest(kernels, networkSchedule));
    }

    private IllegalArgumentException otherSteps(StepChange change) {
        return new IllegalArgumentException("a change of the steps " + change.since() + " to " + change.steps()
                + " of a model that has made " + steps());
    }

    @Override
    public void draw(Seed seed) {
        dropout = seed.child("dropout");
        unknowns = seed.child("unknown values");
    }

    @Override
    public void places(int count) {
        places = count;
    }

    @Override
    public List<NamedTensor> tensors() {
        synchronized (tables) {
            return names().named(weights(embeddings()));
        }
    }

    @Override
    public void restoreTensors(List<NamedTensor> tensors) {
        synchronized (tables) {
            ModelWeights weights = weights(tables.rows());
            names().place(tensors, weights);
            restore(weights);
            readOnly = propagated.isPresent();
        }
    }

    private ModelTensors names() {
        return new ModelTensors(schema, settings.embeddingDimension(), network.graph());
    }

    @Override
    public RequestScorer requestScorer(int items, long keptBytes) {
        settings.requireRankable();
        return new NetworkRequestScorer(this, items, keptBytes);
    }

    @Override
    public CatalogueScorer catalogueScorer(int items, CatalogueScoring scoring) {
        settings.requireRankable();
        return HistoryCatalogueScorer.of(this, items, scoring)
                .orElseGet(() -> new NetworkCatalogueScorer(this, items, scoring));
    }
}

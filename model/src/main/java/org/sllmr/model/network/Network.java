// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.network;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Seed;
import org.sllmr.model.backbone.Backbone;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.InputShape;
import org.sllmr.model.backbone.Inputs;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.batch.HistoryRows;
import org.sllmr.model.initialization.LinearInitialization;
import org.sllmr.model.kernel.Kernels;
import org.sllmr.model.layer.DropoutMasks;
import org.sllmr.model.layer.History;
import org.sllmr.model.layer.NativeFloats;
import org.sllmr.model.layer.NetworkBuilder;
import org.sllmr.model.layer.ParameterBuffer;
import org.sllmr.model.layer.Pass;
import org.sllmr.model.layer.Tape;
import org.sllmr.model.optimizer.AdamSchedule;
import org.sllmr.model.pair.PairNetwork;
import org.sllmr.model.pair.PairParameters;

/**
 * A backbone in native memory: arrays go in and come out, tensors stay inside.
 *
 * <p>The optimizer is the kernel that also updates embedding rows, run over the flat parameter block.
 */
public final class Network implements AutoCloseable {
    private final Kernels kernels;
    private final AdamSchedule schedule;
    private final InputShape shape;
    private final Backbone backbone;
    private final List<DropoutMasks.Mask> masks;
    private final ParameterBuffer parameters;
    private final ParameterBuffer statistics;
    private final NativeFloats logitGradient = new NativeFloats();
    private final float[] weights;
    private final float[] first;
    private final float[] second;
    private final float[] gradients;
    private @Nullable Pending pending;

    /** The tensors of a forward pass that waits for its backward pass; the graph hangs on the logits. */
    private record Pending(Inputs inputs, Tensor logits, Tape tape) {
        Pending {
            inputs.fields().retainReference();
            if (inputs.history() != null) {
                inputs.history().items().retainReference();
            }
            logits.retainReference();
        }

        void release() {
            inputs.fields().releaseReference();
            if (inputs.history() != null) {
                inputs.history().items().releaseReference();
            }
            logits.releaseReference();
            tape.close();
        }
    }

    /** Builds the backbone, with parameters drawn from the seed. */
    public Network(
            BackboneSettings settings,
            InputShape shape,
            LinearInitialization linear,
            AdamSchedule schedule,
            Kernels kernels,
            Seed seed) {
        this.kernels = kernels;
        this.schedule = schedule;
        this.shape = shape;
        Engine.load();
        NetworkBuilder builder = new NetworkBuilder(seed, linear);
        this.backbone = settings.build(builder, shape);
        this.masks = builder.masks();
        this.parameters = builder.buildParameters();
        this.statistics = builder.buildStatistics();
        this.weights = new float[parameters.size()];
        this.first = new float[parameters.size()];
        this.second = new float[parameters.size()];
        this.gradients = new float[parameters.size()];
        parameters.read(weights);
    }

    /** Room for the dropout masks of one batch. */
    public DropoutMasks newMasks() {
        return new DropoutMasks(masks);
    }

    /** The trained parameters. */
    public ParameterBuffer parameters() {
        return parameters;
    }

    /** Running statistics, which no gradient moves. */
    public ParameterBuffer statistics() {
        return statistics;
    }

    /**
     * Adds the backbone's logits, and keeps what {@link #backward} needs.
     *
     * @param block native memory for the input, not to be written to before {@link #backward}
     * @param input {@code [rows, fields * dimension]}
     * @param history history items, in number and width as the backbone asks for them
     * @param logits one a row
     */
    public void forward(NativeFloats block, float[] input, HistoryRows history, Pass pass, float[] logits) {
        release();
        try (Engine.Guard engine = Engine.use();
                PointerScope scope = new PointerScope()) {
            Tape tape = new Tape();
            Inputs inputs = inputs(block, input, history, pass.recordedBy(tape));
            inputs.fields().set_requires_grad(true);
            if (inputs.history() != null) {
                inputs.history().items().set_requires_grad(true);
            }
            Tensor y = backbone.forward(inputs).view(-1);
            add(y, logits, pass.rows());
            pending = new Pending(inputs, y, tape);
        }
    }

    /** Adds the backbone's logits, and keeps nothing; may run in several threads, each with its own memory. */
    public void infer(NativeFloats block, float[] input, HistoryRows history, Pass pass, float[] logits) {
        try (Engine.Guard engine = Engine.use();
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Inputs inputs = inputs(block, input, history, pass);
            add(backbone.forward(inputs).view(-1).contiguous(), logits, pass.rows());
        }
    }

    /**
     * Makes the network for ranking with the parameters as they are now.
     *
     * @param kept owns what the network is made of; the parameters must not change until it is closed
     */
    public PairNetwork pairs(PairParameters kept) {
        AtomicReference<@Nullable PairNetwork> made = new AtomicReference<>();
        infer(() -> made.set(new PairSource(kept, shape).network(backbone)));
        return Objects.requireNonNull(made.get());
    }

    /**
     * Runs work without gradients, set up as for scoring, in the calling thread.
     *
     * @param work makes tensors, which are freed when it ends unless it retains them
     */
    public static void infer(Runnable work) {
        try (Engine.Guard engine = Engine.use();
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            work.run();
        }
    }

    private Inputs inputs(NativeFloats block, float[] input, HistoryRows history, Pass pass) {
        if (shape.sequence().isEmpty()) {
            return new Inputs(block.tensor(input, pass.rows(), shape.width()), null, pass);
        }
        int size = pass.rows() * shape.width();
        int historySize = history.items() * history.width();
        FloatPointer memory = block.pointer((long) size + historySize);
        memory.put(input, 0, size);
        FloatPointer items = memory.getPointer(size).put(history.values(), 0, historySize);
        History tensors = new History(
                torch.from_blob(items, history.items(), history.width()),
                indexes(history.rowOf(), history.pairs(), pass),
                indexes(history.itemOf(), history.pairs(), pass),
                history.pairs(),
                history.pairsOf(pass.sampleRows()));
        return new Inputs(torch.from_blob(memory, pass.rows(), shape.width()), tensors, pass);
    }

    /** The first indexes as a tensor of its own memory, while scoring filled up with zeros to whole blocks. */
    private static Tensor indexes(long[] values, int length, Pass pass) {
        int block = pass.mode() == Pass.Mode.SCORING ? History.BLOCK : 1;
        int filled = (length + block - 1) / block * block;
        long[] copy = Arrays.copyOf(values, Math.max(filled, 1));
        Arrays.fill(copy, length, copy.length, 0);
        // A tensor of no elements has no memory to copy into.
        return Tensor.create(copy).narrow(0, 0, filled);
    }

    private static void add(Tensor y, float[] logits, int rows) {
        float[] values = new float[rows];
        y.data_ptr_float().get(values, 0, rows);
        for (int row = 0; row < rows; row++) {
            logits[row] += values[row];
        }
    }

    /**
     * Back-propagates the last {@link #forward}.
     *
     * @param gradient derivative of the loss by each logit
     * @param input receives its derivative by each input: {@code [rows, fields * dimension]}
     * @param history receives its derivative by each history item
     */
    public void backward(float[] gradient, float[] input, HistoryRows history) {
        Pending graph = pending;
        if (graph == null) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        try (Engine.Guard engine = Engine.use();
                PointerScope scope = new PointerScope()) {
            parameters.zeroGradients();
            Tensor upstream = logitGradient.tensor(gradient, gradient.length);
            graph.logits.backward(
                    upstream, new BoolOptional(!graph.tape.isEmpty()), false, new TensorArrayRefOptional());
            graph.tape.backward();
            read(graph.inputs.fields(), input, gradient.length * shape.width());
            if (graph.inputs.history() != null) {
                read(graph.inputs.history().items(), history.values(), history.items() * history.width());
            }
            parameters.readGradients(gradients);
        } finally {
            release();
        }
    }

    private static void read(Tensor input, float[] target, int size) {
        Tensor gradient = input.grad();
        if (gradient.defined()) {
            gradient.data_ptr_float().get(target, 0, size);
        } else {
            Arrays.fill(target, 0, size, 0);
        }
    }

    /** Derivatives of the last {@link #backward} by all parameters, padding 0: what {@link #update} will use. */
    public float[] gradients() {
        return gradients;
    }

    /** One optimizer step with {@link #gradients}. */
    public void update(int step) {
        AdamSchedule.Columns columns = schedule.columns();
        kernels.adam(
                schedule.constants(),
                weights,
                first,
                second,
                0,
                gradients,
                0,
                weights.length,
                columns.stepSizes()[step],
                columns.inverseRoots()[step],
                columns.shrinks()[step]);
        parameters.write(weights);
    }

    /** A copy of all parameters, padding included. */
    public float[] copyParameters() {
        return weights.clone();
    }

    /** A copy of all running statistics, padding included. */
    public float[] copyStatistics() {
        float[] copy = new float[statistics.size()];
        statistics.read(copy);
        return copy;
    }

    /** Replaces parameters and statistics; moments stay. */
    public void restore(float[] newParameters, float[] newStatistics) {
        System.arraycopy(newParameters, 0, weights, 0, weights.length);
        parameters.write(weights);
        statistics.write(newStatistics);
    }

    /** Copies of parameters, their first and second moments, and running statistics, padding included. */
    public List<float[]> state() {
        return List.of(weights.clone(), first.clone(), second.clone(), copyStatistics());
    }

    /** Takes such copies over. */
    public void restore(List<float[]> state) {
        List<float[]> targets = List.of(weights, first, second, new float[statistics.size()]);
        for (int block = 0; block < targets.size(); block++) {
            float[] target = targets.get(block);
            if (state.get(block).length != target.length) {
                throw new IllegalArgumentException(
                        state.get(block).length + " floats for " + target.length + " of the network");
            }
            System.arraycopy(state.get(block), 0, target, 0, target.length);
        }
        parameters.write(weights);
        statistics.write(targets.get(3));
    }

    private void release() {
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }

    @Override
    public void close() {
        release();
        parameters.close();
        statistics.close();
        logitGradient.close();
    }
}

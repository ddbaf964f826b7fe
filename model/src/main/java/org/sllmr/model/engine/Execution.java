// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.sllmr.model.graph.Head;
import org.sllmr.model.graph.Node;
import org.sllmr.model.kernel.Parallel;
import org.sllmr.model.kernel.Products;
import org.sllmr.model.operation.Axis;
import org.sllmr.model.operation.Context;
import org.sllmr.model.operation.Frame;
import org.sllmr.model.operation.Histories;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.Pass;

/**
 * Passes of a graph in memory of their own, which grows to the largest batch and is used again; for one thread at a time.
 *
 * <p>Stages are worked off by blocks of rows, so that a block's values stay in cache from one operation to the next. Large
 * batches use all processors: one block a task, and for the sums over rows a part of the sums a task. A value is computed by
 * one task alone and in one order, so the number of threads changes no bit.
 */
final class Execution {
    /** Rows of a block: so many that products pay, so few that the values of a perceptron fit into the nearer caches. */
    private static final int BLOCK = 72;

    /** Rows from which on a pass is worth more than one thread. */
    private static final int LARGE = 512;

    private final Plan plan;
    private final Context context;
    private final boolean trained;
    private final boolean concurrent;
    private final Frame[] frames;
    private final float[][] values;
    private final float[][] gradients;
    private final float[][] kept;
    private final Map<Axis, Integer> capacity = new EnumMap<>(Axis.class);
    private Parallel parallel = Parallel.CALLER;
    private boolean large;

    /**
     * Memory for passes.
     *
     * @param trained whether backward passes will follow
     * @param concurrent whether large batches may use all processors
     */
    Execution(Plan plan, Context context, boolean trained, boolean concurrent) {
        this.plan = plan;
        this.context = context;
        this.trained = trained;
        this.concurrent = concurrent;
        int size = plan.graph().nodes().size();
        this.frames = new Frame[size];
        this.values = new float[size][0];
        this.gradients = new float[size][0];
        this.kept = new float[size][0];
        for (Node node : plan.needed()) {
            frames[node.number()] = new Frame(
                    context,
                    node.operation(),
                    node.axis(),
                    node.width(),
                    node.inputs().stream().map(Node::axis).toArray(Axis[]::new),
                    node.inputs().stream().mapToInt(Node::width).toArray(),
                    plan.adds(node),
                    plan.packedAt(node));
        }
    }

    /** Sets the array of an input; {@link Products#SLACK} floats must follow its vectors. */
    void input(Node node, float[] array) {
        values[node.number()] = array;
    }

    /** The array of a value after a forward pass; valid until the next one. */
    float[] value(Node node) {
        return values[plan.home(node)];
    }

    /**
     * Computes the outputs.
     *
     * @param histories which rows have which history items
     */
    void forward(Pass pass, Histories histories) {
        large = concurrent && pass.rows() >= LARGE;
        parallel = large ? Parallel.ALL : Parallel.CALLER;
        context.begin(pass, histories, concurrent ? Parallel.ALL : Parallel.CALLER);
        reserve();
        bind();
        for (Plan.Stage stage : plan.stages()) {
            for (Node node : stage.nodes()) {
                node.operation().begin(frames[node.number()]);
            }
            blocks(stage, (node, from, to) -> node.operation().forward(frames[node.number()], from, to));
        }
    }

    /**
     * Back-propagates the last {@link #forward} from its first output and its heads; adds the derivatives by the parameters to those of the context.
     *
     * @param gradient derivative of the loss by each logit
     */
    void backward(float[] gradient) {
        int rows = context.count(Axis.ROWS);
        for (Node node : plan.graph().nodes()) {
            if (plan.cleared(node)) {
                Arrays.fill(gradients[plan.home(node)], 0, context.count(node.axis()) * node.width(), 0);
            }
        }
        System.arraycopy(gradient, 0, gradients[plan.home(plan.graph().logit())], 0, rows);
        for (Head head : plan.heads()) {
            float[] target = gradients[plan.home(head.loss())];
            float share = (float) (head.weight() / samples());
            for (int row = 0; row < samples(); row++) {
                target[row] += share;
            }
        }
        List<Plan.Stage> stages = plan.stages();
        int parts = large ? Runtime.getRuntime().availableProcessors() : 1;
        for (int number = stages.size() - 1; number >= 0; number--) {
            Plan.Stage stage = stages.get(number);
            if (stage.whole()) {
                Node node = stage.nodes().get(0);
                node.operation().beginBackward(frames[node.number()]);
            }
            backBlocks(stage);
            for (Node node : stage.nodes()) {
                Operation operation = node.operation();
                if (operation.accumulates()) {
                    parallel.run(parts, part -> operation.accumulate(frames[node.number()], part, parts));
                }
            }
        }
    }

    /** The weighted losses of the heads after a forward pass, in their order. */
    double[] headLosses() {
        return plan.heads().stream()
                .mapToDouble(head -> {
                    float[] losses = value(head.loss());
                    double sum = 0;
                    for (int row = 0; row < samples(); row++) {
                        sum += losses[row];
                    }
                    return head.weight() * sum / Math.max(1, samples());
                })
                .toArray();
    }

    private int samples() {
        return context.samples(Axis.ROWS);
    }

    /** Derivatives by the fields after {@link #backward}: {@code [rows, width]}. */
    float[] fieldGradients() {
        return gradients[0];
    }

    /** Derivatives by an input after {@link #backward}. */
    float[] gradient(Node input) {
        return gradients[input.number()];
    }

    /** Derivatives by the history items after {@link #backward}: {@code [items, width]}. */
    float[] historyGradients() {
        return gradients[1];
    }

    /** A node's work on some of its vectors. */
    @FunctionalInterface
    private interface Work {
        void on(Node node, int from, int to);
    }

    private void blocks(Plan.Stage stage, Work work) {
        int count = context.count(stage.axis());
        parallel.run((count + BLOCK - 1) / BLOCK, block -> {
            int from = block * BLOCK;
            int to = Math.min(count, from + BLOCK);
            for (Node node : stage.nodes()) {
                work.on(node, context.start(node.axis(), from), context.start(node.axis(), to));
            }
        });
    }

    private void backBlocks(Plan.Stage stage) {
        int count = context.count(stage.axis());
        List<Node> nodes = stage.nodes();
        parallel.run((count + BLOCK - 1) / BLOCK, block -> {
            int from = block * BLOCK;
            int to = Math.min(count, from + BLOCK);
            for (int i = nodes.size() - 1; i >= 0; i--) {
                Node node = nodes.get(i);
                node.operation()
                        .backward(
                                frames[node.number()],
                                context.start(node.axis(), from),
                                context.start(node.axis(), to));
            }
        });
    }

    /** Grows memory to the batch. */
    private void reserve() {
        for (Axis axis : Axis.values()) {
            int reserved = capacity.getOrDefault(axis, 0);
            int count = context.count(axis);
            if (count > reserved || reserved == 0) {
                int grown = Math.max(1, Math.max(count, reserved * 3 / 2));
                capacity.put(axis, grown);
                plan.graph().nodes().stream()
                        .filter(node -> node.axis() == axis && plan.home(node) == node.number())
                        .forEach(node -> allocate(node, grown));
                plan.needed().stream()
                        .filter(node -> node.axis() == axis)
                        .forEach(node -> kept[node.number()] = new float
                                [Math.multiplyExact(grown, node.operation().kept(node.width()))]);
            }
        }
    }

    private void allocate(Node node, int vectors) {
        int size = Math.multiplyExact(vectors, node.width()) + Products.SLACK;
        if (frames[node.number()] != null) {
            values[node.number()] = new float[size];
        }
        if (trained) {
            gradients[node.number()] = new float[size];
        }
    }

    private void bind() {
        for (Node node : plan.needed()) {
            Frame frame = frames[node.number()];
            frame.bind(values[plan.home(node)], gradients[plan.home(node)], kept[node.number()]);
            for (int i = 0; i < node.inputs().size(); i++) {
                int home = plan.home(node.inputs().get(i));
                frame.bindInput(i, values[home], gradients[home]);
            }
        }
    }
}

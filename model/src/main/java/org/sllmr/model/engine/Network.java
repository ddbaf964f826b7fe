// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import java.util.Arrays;
import java.util.List;
import org.sllmr.model.batch.HistoryRows;
import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Context;
import org.sllmr.model.operation.DropoutMasks;
import org.sllmr.model.operation.Pass;
import org.sllmr.model.optimizer.AdamSchedule;

/**
 * A graph with its parameters, their optimizer and the memory of a training step.
 *
 * <p>The optimizer is the kernel that also updates embedding rows, run over the flat block of parameters.
 */
public final class Network {
    private final Graph graph;
    private final EngineKernels engine;
    private final AdamSchedule schedule;
    private final Plan plan;
    private final Plan scoringPlan;
    private final float[] weights;
    private final float[] first;
    private final float[] second;
    private final float[] gradients;
    private final float[] statistics;
    private final float[] packed;
    private final Execution training;
    private final Execution sampling;
    private boolean stale = true;
    private boolean pending;

    /** A network with the parameters that the graph starts from. */
    public Network(Graph graph, AdamSchedule schedule, EngineKernels engine) {
        this.graph = graph;
        this.engine = engine;
        this.schedule = schedule;
        this.plan = new Plan(graph, engine.products(), true);
        this.scoringPlan = new Plan(graph, engine.products(), false);
        this.weights = graph.parameters().start();
        this.first = new float[weights.length];
        this.second = new float[weights.length];
        this.gradients = new float[weights.length];
        this.statistics = graph.statistics().start();
        this.packed = new float[plan.packedSize()];
        this.training = new Execution(plan, context(gradients), true, true);
        this.sampling = new Execution(scoringPlan, context(new float[0]), false, true);
    }

    private Context context(float[] derivatives) {
        return new Context(
                engine.products(), engine.functions(), engine.rows(), weights, derivatives, statistics, packed);
    }

    /** What the network is made of. */
    public Graph graph() {
        return graph;
    }

    /** Room for the dropout masks of one batch. */
    public DropoutMasks newMasks() {
        return new DropoutMasks(graph.masks());
    }

    /** Memory in which one thread can score, beside others and while nothing is trained. */
    public Scoring newScoring() {
        prepareScoring();
        return new Scoring(new Execution(scoringPlan, context(new float[0]), false, false));
    }

    /** Scores in memory of its own. */
    public final class Scoring {
        private final Execution execution;

        private Scoring(Execution execution) {
            this.execution = execution;
        }

        /** Adds the logits of that many rows, as {@link Network#forward} does. */
        public void score(RowInputs inputs, int rows, float[] logits) {
            if (stale) {
                throw new IllegalStateException("the weights have changed since they were prepared for scoring");
            }
            run(execution, inputs, Pass.scoring(rows), logits);
        }
    }

    /**
     * Adds the logits of the rows, and keeps what {@link #backward} needs.
     *
     * @param inputs not to be written to before {@link #backward}
     * @param logits one a row
     */
    public void forward(RowInputs inputs, Pass pass, float[] logits) {
        prepareScoring();
        run(training, inputs, pass, logits);
        pending = true;
    }

    /** Adds the logits, and keeps nothing. */
    public void sample(RowInputs inputs, Pass pass, float[] logits) {
        prepareScoring();
        run(sampling, inputs, pass, logits);
    }

    private void run(Execution execution, RowInputs inputs, Pass pass, float[] logits) {
        HistoryRows history = inputs.history();
        execution.input(graph.nodes().get(0), inputs.rows());
        if (history.width() > 0) {
            execution.input(graph.nodes().get(1), history.values());
        }
        graph.pairs().ifPresent(node -> execution.input(node, inputs.pairs()));
        graph.examples().ifPresent(node -> execution.input(node, inputs.examples()));
        execution.forward(pass, history.histories());
        float[] result = execution.value(graph.logit());
        for (int row = 0; row < pass.rows(); row++) {
            logits[row] += result[row];
        }
    }

    /** Arranges the weights as they are now; to be called before other threads score. */
    public void prepareScoring() {
        if (stale) {
            for (Node node : plan.needed()) {
                node.operation().pack(engine.products(), weights, packed, plan.packedAt(node));
            }
            stale = false;
        }
    }

    /**
     * Back-propagates the last {@link #forward}.
     *
     * @param gradient derivative of the loss by each logit
     */
    public void backward(float[] gradient) {
        if (!pending) {
            throw new IllegalStateException("backward without a forward pass before it");
        }
        pending = false;
        Arrays.fill(gradients, 0);
        training.backward(gradient);
    }

    /** The weighted losses of the graph's heads in the last {@link #forward}, in their order. */
    public double[] headLosses() {
        return training.headLosses();
    }

    /** Derivatives of the last {@link #backward} by the rows' input: {@code [rows, width]}; may be overwritten. */
    public float[] fieldGradients() {
        return training.fieldGradients();
    }

    /** Derivatives of the last {@link #backward} by what is read of examples; empty if there are none. */
    public float[] exampleGradients() {
        return graph.examples().map(training::gradient).orElse(new float[0]);
    }

    /** Derivatives of the last {@link #backward} by the history items: {@code [items, width]}. */
    public float[] historyGradients() {
        return training.historyGradients();
    }

    /** Derivatives of the last {@link #backward} by all parameters, padding 0: what {@link #update} will use. */
    public float[] gradients() {
        return gradients;
    }

    /** All parameters as they are now, padding 0; only steps may change them. */
    public float[] parameters() {
        return weights;
    }

    /** One optimizer step with {@link #gradients}. */
    public void update(int step) {
        AdamSchedule.Columns columns = schedule.columns();
        engine.rows()
                .adam(
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
        stale = true;
    }

    /** A copy of all parameters, padding included. */
    public float[] copyParameters() {
        return weights.clone();
    }

    /** A copy of all running statistics, padding included. */
    public float[] copyStatistics() {
        return statistics.clone();
    }

    /** Replaces parameters and statistics; moments stay. */
    public void restore(float[] newParameters, float[] newStatistics) {
        System.arraycopy(newParameters, 0, weights, 0, weights.length);
        System.arraycopy(newStatistics, 0, statistics, 0, statistics.length);
        stale = true;
    }

    /** Copies of parameters, their first and second moments, and running statistics, padding included. */
    public List<float[]> state() {
        return List.of(weights.clone(), first.clone(), second.clone(), statistics.clone());
    }

    /** Takes such copies over. */
    public void restore(List<float[]> state) {
        List<float[]> targets = List.of(weights, first, second, statistics);
        for (int block = 0; block < targets.size(); block++) {
            float[] target = targets.get(block);
            if (state.get(block).length != target.length) {
                throw new IllegalArgumentException(
                        state.get(block).length + " floats for " + target.length + " of the network");
            }
            System.arraycopy(state.get(block), 0, target, 0, target.length);
        }
        stale = true;
    }
}

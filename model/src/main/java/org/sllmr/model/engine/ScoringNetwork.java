// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.engine;

import org.sllmr.model.graph.Graph;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Context;
import org.sllmr.model.operation.Histories;
import org.sllmr.model.operation.Pass;

/** A graph with parameters that no longer change. */
public final class ScoringNetwork {
    private final Plan plan;
    private final EngineKernels engine;
    private final float[] parameters;
    private final float[] statistics;
    private final float[] packed;

    /** Takes the blocks of parameters and statistics that the graph's operations refer to. */
    public ScoringNetwork(Graph graph, float[] parameters, float[] statistics, EngineKernels engine) {
        this.plan = new Plan(graph, engine.products(), false);
        this.engine = engine;
        this.parameters = parameters;
        this.statistics = statistics;
        this.packed = new float[plan.packedSize()];
        for (Node node : plan.needed()) {
            node.operation().pack(engine.products(), parameters, packed, plan.packedAt(node));
        }
    }

    /** Memory in which one thread can compute the outputs, beside others. */
    public Run newRun() {
        return new Run(new Execution(
                plan,
                new Context(
                        engine.products(),
                        engine.functions(),
                        engine.rows(),
                        parameters,
                        new float[0],
                        statistics,
                        packed),
                false,
                false));
    }

    /** Computes the outputs in memory of its own. */
    public static final class Run {
        private final Execution execution;

        private Run(Execution execution) {
            this.execution = execution;
        }

        /** Sets the array of an input; {@code Products.SLACK} floats must follow its vectors. */
        public void input(Node node, float[] array) {
            execution.input(node, array);
        }

        /** Computes the outputs for that many rows. */
        public void forward(int rows, Histories histories) {
            execution.forward(Pass.scoring(rows), histories);
        }

        /** The array of an output; valid until the next {@link #forward}. */
        public float[] value(Node output) {
            return execution.value(output);
        }
    }
}

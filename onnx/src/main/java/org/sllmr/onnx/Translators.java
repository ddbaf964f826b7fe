// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sllmr.model.graph.Node;
import org.sllmr.model.operation.Activate;
import org.sllmr.model.operation.BatchNorm;
import org.sllmr.model.operation.BlockLinear;
import org.sllmr.model.operation.CausalAttention;
import org.sllmr.model.operation.Combine;
import org.sllmr.model.operation.CompressedInteraction;
import org.sllmr.model.operation.Concatenate;
import org.sllmr.model.operation.CosineDistance;
import org.sllmr.model.operation.Dice;
import org.sllmr.model.operation.Dropout;
import org.sllmr.model.operation.FieldAttention;
import org.sllmr.model.operation.HistoryAggregate;
import org.sllmr.model.operation.HistoryAttention;
import org.sllmr.model.operation.HistoryLast;
import org.sllmr.model.operation.HistoryPositions;
import org.sllmr.model.operation.HistoryProduct;
import org.sllmr.model.operation.HistorySoftmax;
import org.sllmr.model.operation.HistorySum;
import org.sllmr.model.operation.Linear;
import org.sllmr.model.operation.Multiply;
import org.sllmr.model.operation.Operation;
import org.sllmr.model.operation.Outer;
import org.sllmr.model.operation.Prelu;
import org.sllmr.model.operation.Project;
import org.sllmr.model.operation.RmsNorm;
import org.sllmr.model.operation.Select;
import org.sllmr.model.operation.Shift;
import org.sllmr.model.operation.Softmax;
import org.sllmr.model.operation.SumGroups;
import org.sllmr.model.operation.Transpose;

/** One translator for each operation of a trained network; those of ranking and inputs have none. */
final class Translators {
    private static final Map<Class<? extends Operation>, Translator<Operation>> ALL = all();

    private Translators() {}

    /** Makes operations of ONNX of one operation. */
    @FunctionalInterface
    interface Translator<T extends Operation> {
        /** Adds them, and gives the name of the result. */
        String translate(Translation to, Node node, T operation);

        /** The same, bound to a node's operation. */
        @SuppressWarnings("unchecked")
        default String translate(Translation to, Node node) {
            return translate(to, node, (T) node.operation());
        }
    }

    /** The translator of an operation. */
    static Translator<Operation> of(Operation operation) {
        Translator<Operation> translator = ALL.get(operation.getClass());
        if (translator == null) {
            throw new IllegalArgumentException(
                    operation.getClass().getSimpleName() + " cannot be written as operations of ONNX");
        }
        return translator;
    }

    /** The operations that have a translator. */
    static Set<Class<? extends Operation>> known() {
        return ALL.keySet();
    }

    private static Map<Class<? extends Operation>, Translator<Operation>> all() {
        Map<Class<? extends Operation>, Translator<Operation>> all = new LinkedHashMap<>();
        put(all, Activate.class, Translators::activate);
        put(
                all,
                Prelu.class,
                (to, node, of) -> to.graph().add("PRelu", to.input(node, 0), to.perElement(of.slope(), node.width())));
        put(all, Dice.class, Translators::dice);
        put(all, Dropout.class, (to, node, of) -> to.input(node, 0));
        put(
                all,
                Shift.class,
                (to, node, of) -> to.graph().add("Add", to.input(node, 0), to.perElement(of.bias(), node.width())));
        put(all, Softmax.class, (to, node, of) -> to.graph().with("Softmax", "axis", -1, to.input(node, 0)));
        put(all, BatchNorm.class, Translators::batchNorm);
        put(all, Concatenate.class, (to, node, of) -> to.graph().concatenate(to.inputs(node)));
        put(all, Combine.class, Translators::combine);
        put(all, CosineDistance.class, ShapeTranslators::cosineDistance);
        put(all, Linear.class, MatrixTranslators::linear);
        put(all, BlockLinear.class, MatrixTranslators::blockLinear);
        put(all, Project.class, MatrixTranslators::project);
        put(all, FieldAttention.class, MatrixTranslators::attention);
        put(all, CausalAttention.class, DecoderTranslators::attention);
        put(all, RmsNorm.class, DecoderTranslators::rmsNorm);
        put(all, CompressedInteraction.class, MatrixTranslators::compressedInteraction);
        put(all, Multiply.class, ShapeTranslators::multiply);
        put(all, Outer.class, ShapeTranslators::outer);
        put(all, Select.class, ShapeTranslators::select);
        put(all, SumGroups.class, ShapeTranslators::sumGroups);
        put(all, Transpose.class, ShapeTranslators::transpose);
        put(
                all,
                HistoryProduct.class,
                (to, node, of) -> to.graph().add("Mul", to.forPairs(to.input(node, 0)), to.input(node, 1)));
        put(all, HistoryPositions.class, SequenceTranslators::positions);
        put(all, HistoryAttention.class, SequenceTranslators::attention);
        put(all, HistoryLast.class, SequenceTranslators::last);
        put(all, HistorySum.class, Translators::historySum);
        put(all, HistorySoftmax.class, Translators::historySoftmax);
        put(all, HistoryAggregate.class, Translators::historyAggregate);
        return Map.copyOf(all);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Operation> void put(
            Map<Class<? extends Operation>, Translator<Operation>> all, Class<T> type, Translator<T> translator) {
        all.put(type, (Translator<Operation>) translator);
    }

    private static String activate(Translation to, Node node, Activate activate) {
        String name = switch (activate.function()) {
            case RELU -> "Relu";
            case TANH -> "Tanh";
            case SIGMOID -> "Sigmoid";
        };
        return to.graph().add(name, to.input(node, 0));
    }

    private static String dice(Translation to, Node node, Dice dice) {
        GraphWriter graph = to.graph();
        String x = to.input(node, 0);
        String low = graph.add("Mul", x, to.perElement(dice.slope(), node.width()));
        String share = graph.add("Sigmoid", to.input(node, 1));
        return graph.add("Add", low, graph.add("Mul", share, graph.add("Sub", x, low)));
    }

    private static String batchNorm(Translation to, Node node, BatchNorm norm) {
        GraphWriter graph = to.graph();
        float[] variance = to.values(norm.variance());
        float[] factors = new float[variance.length];
        for (int j = 0; j < factors.length; j++) {
            factors[j] = (float) (1 / Math.sqrt(variance[j] + norm.epsilon()));
            factors[j] *= norm.weight() == null ? 1 : to.values(norm.weight())[j];
        }
        String centred = graph.add("Sub", to.input(node, 0), to.perElement(norm.mean(), node.width()));
        String scaled =
                graph.add("Mul", centred, to.perElement(norm.variance().name() + ".factors", factors, node.width()));
        return norm.bias() == null ? scaled : graph.add("Add", scaled, to.perElement(norm.bias(), node.width()));
    }

    private static String combine(Translation to, Node node, Combine combine) {
        GraphWriter graph = to.graph();
        String sum = "";
        List<Float> factors = combine.factors();
        for (int i = 0; i < factors.size(); i++) {
            String x = to.input(node, i);
            boolean subtract = i > 0 && factors.get(i) == -1;
            if (factors.get(i) != 1 && !subtract) {
                x = graph.add("Mul", x, graph.number(factors.get(i)));
            }
            sum = i == 0 ? x : graph.add(subtract ? "Sub" : "Add", sum, x);
        }
        return sum;
    }

    private static String historySum(Translation to, Node node, HistorySum sum) {
        GraphWriter graph = to.graph();
        String both = graph.add("Add", to.input(node, 0), to.forPairs(to.input(node, 1)));
        return graph.add("Add", both, to.input(node, 2));
    }

    /** What is not there gets no weight; without any history, nothing has. */
    private static String historySoftmax(Translation to, Node node, HistorySoftmax softmax) {
        GraphWriter graph = to.graph();
        String there = graph.add("Less", graph.number(0), to.mask());
        String masked = graph.add("Where", there, to.input(node, 0), graph.number(-1e30f));
        return graph.add("Mul", graph.with("Softmax", "axis", 1, masked), to.mask());
    }

    private static String historyAggregate(Translation to, Node node, HistoryAggregate aggregate) {
        GraphWriter graph = to.graph();
        String weights = graph.add("Mul", to.input(node, 0), to.mask());
        String across = graph.with("Transpose", "perm", new long[] {0, 2, 1}, weights);
        return graph.squeeze(graph.add("MatMul", across, to.input(node, 1)), 1);
    }
}

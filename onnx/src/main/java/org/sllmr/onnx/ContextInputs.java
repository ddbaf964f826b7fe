// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.NumberTransform;
import org.sllmr.model.schema.Table;

/** What is told of the interaction to come, and numbers of user and item together: inputs with a name of their own. */
final class ContextInputs {
    private final GraphWriter graph;
    private final TrainedNetwork network;
    private final FeatureSchema schema;
    private final List<OnnxInput> inputs = new ArrayList<>();
    private final Map<Field, Entry> entries = new HashMap<>();

    /**
     * A field's bag.
     *
     * @param rows rows of the field's table: {@code [N, V]}
     * @param weights of them: {@code [N, 1, V]}
     */
    private record Entry(String rows, String weights) {}

    ContextInputs(GraphWriter graph, TrainedNetwork network, FeatureSchema schema) {
        this.graph = graph;
        this.network = network;
        this.schema = schema;
    }

    /** Whether a field is of the interaction. */
    boolean reads(Field field) {
        return field.source() instanceof Field.ContextColumn || field.source() instanceof Field.ContextNumber;
    }

    /** The inputs that were declared. */
    List<OnnxInput> inputs() {
        return inputs;
    }

    /** The pooled embeddings of a field: {@code [N, dimension]}. */
    String embeddings(Field field) {
        int dimension = network.shape().dimension();
        Table table = table(field);
        return pooled(field, "fields." + field.name(), network.embeddings(table.name()), dimension);
    }

    /** The pooled first-order weights of a field: {@code [N, 1]}. */
    String firstOrder(Field field) {
        return pooled(
                field,
                "fields." + field.name() + ".first_order",
                network.firstOrder(table(field).name()),
                1);
    }

    private Table table(Field field) {
        return schema.tables().get(field.table());
    }

    private String pooled(Field field, String name, float[] values, int width) {
        Table table = table(field);
        // In the order of the values, and the row of unknown ones for rare values and at the end.
        int count = table.values() + 1;
        float[] rows = new float[count * width];
        for (int value = 0; value < count; value++) {
            int row = value < table.values() ? table.row(value) : table.unknown();
            System.arraycopy(values, (row - table.offset()) * width, rows, value * width, width);
        }
        Entry entry = entries.computeIfAbsent(field, this::entry);
        String gathered = graph.gather(graph.weights(name, rows, count, width), entry.rows);
        return graph.squeeze(graph.add("MatMul", entry.weights, gathered), 1);
    }

    private Entry entry(Field field) {
        return field.source() instanceof Field.ContextColumn of
                ? values(field, of)
                : number(field, schema.transform(field));
    }

    /** The mean of the values' embeddings; zeros without one. */
    private Entry values(Field field, Field.ContextColumn source) {
        int known = table(field).values();
        String given = input(
                field,
                "int64",
                List.of("N", "V"),
                "indices into 'values'; V is how many one row has at most, -1 fills the rest, and any other index is an"
                        + " unknown value",
                source.column().vocabulary().values());
        String absent = graph.add("Less", given, graph.integer(0));
        String present = graph.toFloat(graph.add("Not", absent));
        String count = graph.with("ReduceSum", "keepdims", 1, present, graph.integers(1));
        String weights = graph.add("Div", present, graph.add("Max", count, graph.number(1)));
        return new Entry(History.known(graph, given, known), graph.unsqueeze(weights, 1));
    }

    /** One embedding, whose row or weight the number decides. */
    private Entry number(Field field, NumberTransform transform) {
        String given = number(field);
        String missing = graph.add("IsNaN", given);
        String one = graph.number(1);
        int unknown = table(field).values();
        if (transform instanceof NumberTransform.Scaled scaled) {
            String x = scaled.logarithmic() ? logarithm(given) : given;
            String weight = graph.add("Where", missing, one, Scaling.of(graph, scaled.scale(), x));
            String row = graph.add("Where", missing, graph.integer(unknown), graph.integer(0));
            return new Entry(row, graph.unsqueeze(weight, 1));
        }
        float[] cuts = ((NumberTransform.Quantiles) transform).cuts();
        String range = graph.integer(0);
        if (cuts.length > 0) {
            String limits = graph.weights("fields." + field.name() + ".cuts", cuts, cuts.length);
            String above = graph.toInteger(graph.add("GreaterOrEqual", given, limits));
            range = graph.with("ReduceSum", "keepdims", 1, above, graph.integers(1));
        }
        String weight = graph.add("Where", missing, one, one);
        return new Entry(graph.add("Where", missing, graph.integer(unknown), range), graph.unsqueeze(weight, 1));
    }

    /** sign(x) log(1 + |x|). */
    private String logarithm(String x) {
        String log = graph.add("Log", graph.add("Add", graph.add("Abs", x), graph.number(1)));
        return graph.add("Mul", graph.add("Sign", x), log);
    }

    /** A number for each row, as {@code [N, 1]}. */
    private String number(Field field) {
        String given = input(field, "float", List.of("N"), "the number itself; NaN for none", List.of());
        return graph.unsqueeze(given, 1);
    }

    /** A scaled number of user and item, and whether there is none: {@code [N, 2]}. */
    String pair(Field field, Field.PairNumber source) {
        String given = number(field);
        String missing = graph.add("IsNaN", given);
        String scaled = Scaling.of(graph, source.scale(), given);
        return graph.concatenate(List.of(graph.add("Where", missing, graph.number(0), scaled), graph.toFloat(missing)));
    }

    private String input(Field field, String type, List<String> shape, String lookup, List<String> values) {
        String name = field.name();
        inputs.add(new OnnxInput(name, type, shape, lookup, values));
        return graph.input(name, type.equals("float") ? GraphWriter.FLOAT : GraphWriter.INT64, shape);
    }
}

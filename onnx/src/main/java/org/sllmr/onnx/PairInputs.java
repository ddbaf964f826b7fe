// SPDX-License-Identifier: Apache-2.0
package org.sllmr.onnx;

import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.NeighbourColumn;
import org.sllmr.data.VectorColumn;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.MeasuredVectors;

/** What an item and a history tell together. */
final class PairInputs {
    private PairInputs() {}

    /**
     * A field's floats.
     *
     * @param item indices of the items: {@code [N]}
     * @param items number of items
     * @param historyLength how many of the last items are pooled
     * @return {@code [N, floats of the field]}
     */
    static String of(GraphWriter graph, Field field, History history, String item, int items, int historyLength) {
        if (field.source() instanceof Field.VectorProduct of) {
            String vectors = vectors(graph, of.column(), items);
            String mean = history.mean(history.last(historyLength), graph.gather(vectors, history.items()));
            String product = graph.add("Mul", graph.gather(vectors, item), mean);
            return graph.add("Mul", product, graph.number(of.scale()));
        } else if (field.source() instanceof Field.NearestCosine of) {
            return cosine(graph, of, history, item, items);
        } else if (field.source() instanceof Field.Visited of) {
            return visited(graph, of, history, item, items);
        }
        throw new IllegalArgumentException("field '" + field.name() + "' is not made of an item and a history");
    }

    private static String vectors(GraphWriter graph, VectorColumn column, int items) {
        String name = "vectors.item." + column.name();
        return graph.has(name)
                ? name
                : graph.weights(name, FieldTables.vectors(column, items), items + 1, column.width());
    }

    /** The largest cosine, its square, and whether there is none; an inverse length of 0 says that there is no direction. */
    private static String cosine(
            GraphWriter graph, Field.NearestCosine source, History history, String item, int items) {
        MeasuredVectors measured = source.vectors();
        String vectors = vectors(graph, measured.column(), items);
        float[] inverse = new float[items + 1];
        System.arraycopy(measured.inverseLengths(), 0, inverse, 0, Math.min(items, measured.inverseLengths().length));
        String lengths =
                graph.weights("inverse lengths.item." + measured.column().name(), inverse, items + 1);
        History.Window window = history.last(source.items());
        String ofItem = graph.unsqueeze(graph.gather(lengths, item), 1);
        String ofHistory = graph.gather(lengths, history.items());
        String dots = graph.squeeze(
                graph.add(
                        "MatMul",
                        graph.gather(vectors, history.items()),
                        graph.unsqueeze(graph.gather(vectors, item), 2)),
                2);
        String cosines = graph.add("Mul", graph.add("Mul", dots, ofItem), ofHistory);
        String counts = graph.add(
                "Less", graph.number(0), graph.add("Mul", graph.add("Mul", window.mask(), ofHistory), ofItem));
        // Below any cosine.
        String none = graph.number(-2);
        String best = graph.with("ReduceMax", "axes", new long[] {1}, graph.add("Where", counts, cosines, none));
        String missing = graph.add("Less", best, graph.number(-1.5f));
        String zero = graph.number(0);
        String square = graph.add("Mul", best, best);
        return graph.concatenate(List.of(
                graph.add("Where", missing, zero, Scaling.of(graph, source.cosine(), best)),
                graph.add("Where", missing, zero, Scaling.of(graph, source.square(), square)),
                graph.toFloat(missing)));
    }

    /** The weights of an item among the neighbours of the last items, summed, as a number, and whether there are none. */
    private static String visited(GraphWriter graph, Field.Visited source, History history, String item, int items) {
        NeighbourColumn neighbours = source.visits().neighbours();
        int width = 1;
        for (int row = 0; row < neighbours.rows(); row++) {
            width = Math.max(width, neighbours.offsets()[row + 1] - neighbours.offsets()[row]);
        }
        float[] ids = new float
                [ArraySize.of(
                        (items + 1L) * width, "neighbours of items", "places", "lower model.schema.visits.neighbours")];
        float[] weights = new float[ids.length];
        // The number of no item.
        Arrays.fill(ids, -1);
        for (int row = 0; row < Math.min(items, neighbours.rows()); row++) {
            for (int at = neighbours.offsets()[row]; at < neighbours.offsets()[row + 1]; at++) {
                int to = row * width + at - neighbours.offsets()[row];
                ids[to] = neighbours.items()[at];
                weights[to] = neighbours.weights()[at];
            }
        }
        String name = "neighbours.item." + neighbours.name();
        String ofHistory = graph.gather(graph.weights(name, ids, items + 1, width), history.items());
        String ofItem = graph.unsqueeze(graph.unsqueeze(graph.toFloat(item), 1), 2);
        String zero = graph.number(0);
        String visits = graph.add(
                "Where",
                graph.add("Equal", ofHistory, ofItem),
                graph.gather(graph.weights("weights." + name, weights, items + 1, width), history.items()),
                zero);
        String counted = graph.add("Mul", history.last(source.items()).mask(), graph.sum(visits, 2));
        String sum = graph.unsqueeze(graph.sum(counted, 1), 1);
        String missing = graph.add("Not", graph.add("Less", zero, sum));
        String value = graph.add(
                "Div", sum, graph.add("Add", sum, graph.number(source.visits().average())));
        return graph.concatenate(List.of(
                graph.add("Where", missing, zero, Scaling.of(graph, source.scale(), value)), graph.toFloat(missing)));
    }
}

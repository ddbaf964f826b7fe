// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.propagation;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.model.schema.Field;
import org.sllmr.model.schema.Table;

/**
 * The graph of users and items that interacted: its nodes are embedding rows, and an edge is there once, however often a
 * user took an item.
 *
 * <p>The rows of unknown values, and those without an interaction, are no nodes.
 *
 * @param users the table of users
 * @param rows embedding row of each node, ascending
 * @param nodes node of each embedding row, or -1
 * @param offsets where the neighbours of each node begin: {@code [nodes + 1]}
 * @param neighbours the neighbours of each node, in the order of the log
 * @param scales for each neighbour one over the root of both numbers of neighbours (He et al. 2020, equation 3)
 */
record InteractionGraph(Table users, int[] rows, int[] nodes, int[] offsets, int[] neighbours, float[] scales) {
    /**
     * The graph of a log.
     *
     * @param known how many of each user's interactions, the first ones, are part of it
     * @throws InvalidInputException if the schema has no field of user ids or of item ids
     */
    static InteractionGraph of(FeatureSchema schema, InteractionLog log, IntUnaryOperator known) {
        Table users = table(schema, Field.UserId.class, "user");
        Table items = table(schema, Field.ItemId.class, "item");
        int[] starts = new int[log.users() + 1];
        int[] taken = new int[log.size()];
        int[] degrees = new int[schema.rows()];
        for (int user = 0; user < log.users(); user++) {
            int row = users.row(user);
            int count = row == users.unknown()
                    ? 0
                    : distinct(log, user, known.applyAsInt(user), items, taken, starts[user]);
            starts[user + 1] = starts[user] + count;
            degrees[row] += count;
            for (int i = starts[user]; i < starts[user + 1]; i++) {
                degrees[taken[i]]++;
            }
        }
        int edges = ArraySize.of(
                2L * starts[log.users()],
                "model.backbone",
                "neighbours in the graph of interactions",
                "use fewer data");
        int[] nodes = new int[schema.rows()];
        int[] rows = new int[nodes.length];
        int[] offsets = new int[nodes.length + 1];
        int count = 0;
        for (int row = 0; row < nodes.length; row++) {
            nodes[row] = degrees[row] == 0 ? -1 : count;
            if (degrees[row] > 0) {
                offsets[count + 1] = offsets[count] + degrees[row];
                rows[count++] = row;
            }
        }
        int[] neighbours = new int[edges];
        float[] scales = new float[edges];
        int[] next = Arrays.copyOf(offsets, count);
        for (int user = 0; user < log.users(); user++) {
            int row = users.row(user);
            for (int i = starts[user]; i < starts[user + 1]; i++) {
                float scale = (float) (1 / Math.sqrt((double) degrees[row] * degrees[taken[i]]));
                put(nodes[row], nodes[taken[i]], scale, next, neighbours, scales);
                put(nodes[taken[i]], nodes[row], scale, next, neighbours, scales);
            }
        }
        return new InteractionGraph(
                users, Arrays.copyOf(rows, count), nodes, Arrays.copyOf(offsets, count + 1), neighbours, scales);
    }

    private static void put(int node, int other, float scale, int[] next, int[] neighbours, float[] scales) {
        neighbours[next[node]] = other;
        scales[next[node]++] = scale;
    }

    /** Writes the distinct rows of the items that a user took, in the order of the rows; their number. */
    private static int distinct(InteractionLog log, int user, int known, Table items, int[] target, int at) {
        int count = 0;
        for (int position = 0; position < Math.min(known, log.length(user)); position++) {
            int row = items.row(log.item(user, position));
            if (row != items.unknown()) {
                target[at + count++] = row;
            }
        }
        Arrays.sort(target, at, at + count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || target[at + i] != target[at + kept - 1]) {
                target[at + kept++] = target[at + i];
            }
        }
        return kept;
    }

    private static Table table(FeatureSchema schema, Class<? extends Field.Source> source, String name) {
        return schema.fields().stream()
                .filter(field -> source.isInstance(field.source()))
                .findFirst()
                .map(field -> schema.tables().get(field.table()))
                .orElseThrow(() -> new InvalidInputException(
                        "schema.fields",
                        "lack '" + name + "'; the backbone propagates the embeddings of users and items: add it"));
    }

    /** Number of nodes. */
    int size() {
        return rows.length;
    }

    /** Number of neighbours of all nodes. */
    int edges() {
        return neighbours.length;
    }
}

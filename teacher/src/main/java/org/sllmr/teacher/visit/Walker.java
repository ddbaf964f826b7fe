// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.visit;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Walks from one item at a time and counts; for one thread. */
final class Walker {
    private final InteractionEdges edges;
    private final VisitSettings settings;
    private final int[] visits;
    private int[] visited = new int[64];

    Walker(InteractionEdges edges, VisitSettings settings, int itemCount) {
        this.edges = edges;
        this.settings = settings;
        this.visits = new int[itemCount];
    }

    /** The items that walks from an item visit most; none for an item without interactions. */
    VisitedItems.Neighbour[] neighbours(int start, RandomGenerator random) {
        int count = 0;
        boolean taken = edges.offsets()[start] < edges.offsets()[start + 1];
        for (int walk = 0; taken && walk < settings.walks(); walk++) {
            int item = start;
            for (int step = 0; step < settings.steps(); step++) {
                item = next(item, random);
                if (item != start && visits[item]++ == 0) {
                    visited = count < visited.length ? visited : Arrays.copyOf(visited, 2 * count);
                    visited[count++] = item;
                }
                if (random.nextDouble() < settings.restart()) {
                    break;
                }
            }
        }
        VisitedItems.Neighbour[] all = new VisitedItems.Neighbour[count];
        for (int i = 0; i < count; i++) {
            all[i] = new VisitedItems.Neighbour(visited[i], visits[visited[i]]);
            visits[visited[i]] = 0;
        }
        Arrays.sort(all, VisitedItems.Neighbour.ORDER);
        return Arrays.copyOf(all, Math.min(count, settings.neighbours()));
    }

    /** From an item over one of its users to one of that user's items; both have at least one. */
    private int next(int item, RandomGenerator random) {
        int first = edges.offsets()[item];
        int user = edges.users()[first + random.nextInt(edges.offsets()[item + 1] - first)];
        return edges.histories().item(user, random.nextInt(edges.histories().length(user)));
    }
}

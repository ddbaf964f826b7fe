// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.Arrays;
import java.util.List;
import org.sllmr.configuration.ArraySize;

/** Puts the samples of several parts together: user by user, by rising position. */
final class SampleMerge {
    private final List<Samples> parts;
    private final List<SampleLists> lists;
    /** The first list of each part in the numbering of all lists, and their number. */
    private final int[] firsts;

    private SampleMerge(List<Samples> parts) {
        this.parts = parts;
        this.lists = parts.stream().map(Samples::lists).toList();
        this.firsts = new int[parts.size() + 1];
        for (int part = 0; part < parts.size(); part++) {
            firsts[part + 1] = Math.addExact(firsts[part], lists.get(part).count());
        }
    }

    /**
     * All samples of some parts; what belongs together stays together, in its order.
     *
     * @param parts of one kind of labels, at least one
     * @param users number of users
     */
    static Samples of(List<Samples> parts, int users) {
        long rows = parts.stream().mapToLong(Samples::size).sum();
        ArraySize.of(rows, "the dataset", "samples", "leave out some of the interactions");
        return new SampleMerge(parts).merge(users, (int) rows);
    }

    private Samples merge(int users, int rows) {
        int[] order = order(users);
        int[] user = new int[rows];
        int[] item = new int[rows];
        int[] position = new int[rows];
        boolean contexts = parts.stream().anyMatch(part -> part.instances().contexts().length > 0);
        int[] context = new int[contexts ? rows : 0];
        byte[] labels = new byte[rows];
        int[] bounds = new int[order.length + 1];
        int to = 0;
        for (int at = 0; at < order.length; at++) {
            int part = part(order[at]);
            int list = order[at] - firsts[part];
            Samples samples = parts.get(part);
            Instances all = samples.instances();
            for (int row = lists.get(part).from(list); row < lists.get(part).to(list); row++) {
                user[to] = all.users()[row];
                item[to] = all.items()[row];
                position[to] = all.positions()[row];
                if (contexts) {
                    context[to] = all.contexts().length > 0 ? all.contexts()[row] : -1;
                }
                labels[to++] = (byte) samples.label(row);
            }
            bounds[at + 1] = to;
        }
        Instances merged = new Instances(user, item, position, context);
        if (parts.get(0).labels() instanceof Labels.Drawn drawn) {
            return new Samples(merged, drawn);
        }
        boolean known = lists.stream().anyMatch(SampleLists::known);
        return new Samples(merged, new Labels.Given(labels, known ? bounds : new int[0]));
    }

    /** All lists, by user and position; lists of one position in the order of the parts. */
    private int[] order(int users) {
        int count = firsts[parts.size()];
        int[] starts = new int[users + 1];
        for (int list = 0; list < count; list++) {
            starts[user(list) + 1]++;
        }
        for (int user = 0; user < users; user++) {
            starts[user + 1] += starts[user];
        }
        int[] next = Arrays.copyOf(starts, users);
        long[] keys = new long[count];
        for (int list = 0; list < count; list++) {
            int part = part(list);
            int row = lists.get(part).from(list - firsts[part]);
            keys[next[user(list)]++] = ((long) parts.get(part).instances().positions()[row] << 32) | list;
        }
        int[] order = new int[count];
        for (int user = 0; user < users; user++) {
            Arrays.sort(keys, starts[user], starts[user + 1]);
        }
        for (int at = 0; at < count; at++) {
            order[at] = (int) keys[at];
        }
        return order;
    }

    private int user(int list) {
        int part = part(list);
        return parts.get(part).instances().users()[lists.get(part).from(list - firsts[part])];
    }

    private int part(int list) {
        int part = 0;
        while (list >= firsts[part + 1]) {
            part++;
        }
        return part;
    }
}

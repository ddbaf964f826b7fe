// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;

/**
 * The users to rank, each with the position of the held-out positives.
 *
 * @param users the users, ascending
 * @param positions position of each user
 * @param positives held-out positives of each user
 * @param groups first list of the samples of each user
 */
public record RankingTargets(int[] users, int[] positions, int[][] positives, int[] groups) {
    /**
     * The users of samples with a positive: the history of each ends before its first sample, and all items that it took
     * later count as positives.
     *
     * @param count number of users to draw; empty for all
     */
    static RankingTargets of(Samples samples, OptionalInt count, Seed seed) {
        Instances instances = samples.instances();
        int[] lists = samples.lists().ofRows();
        List<Target> targets = new ArrayList<>();
        for (int row = 0, end; row < samples.size(); row = end) {
            int user = instances.users()[row];
            IntStream.Builder items = IntStream.builder();
            int positives = 0;
            for (end = row; end < samples.size() && instances.users()[end] == user; end++) {
                if (samples.label(end) == 1) {
                    items.add(instances.items()[end]);
                    positives++;
                }
            }
            if (positives > 0) {
                int[] distinct = items.build().distinct().toArray();
                targets.add(new Target(user, instances.positions()[row], distinct, lists[row]));
            }
        }
        int[] chosen = chosen(targets.size(), Math.min(count.orElse(targets.size()), targets.size()), seed);
        int size = chosen.length;
        RankingTargets all = new RankingTargets(new int[size], new int[size], new int[size][], new int[size]);
        for (int i = 0; i < size; i++) {
            Target target = targets.get(chosen[i]);
            all.users[i] = target.user();
            all.positions[i] = target.position();
            all.positives[i] = target.positives();
            all.groups[i] = target.list();
        }
        return all;
    }

    private record Target(int user, int position, int[] positives, int list) {}

    /** A random subset, ascending. */
    private static int[] chosen(int all, int count, Seed seed) {
        int[] order = new int[all];
        Arrays.setAll(order, i -> i);
        RandomGenerator random = seed.generator();
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(all - i);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        int[] chosen = Arrays.copyOf(order, count);
        Arrays.sort(chosen);
        return chosen;
    }

    /** The items that a user took before its positives, the oldest first. */
    public int[] history(InteractionLog log, int row) {
        int[] history = new int[positions[row]];
        log.copyItems(users[row], 0, positions[row], history, 0);
        return history;
    }

    /** Items that are not candidates of a user: those of its history, except the positives; ascending. */
    public static int[] excluded(int[] history, int[] positives) {
        return Arrays.stream(history)
                .filter(item -> Arrays.stream(positives).noneMatch(positive -> positive == item))
                .sorted()
                .distinct()
                .toArray();
    }
}

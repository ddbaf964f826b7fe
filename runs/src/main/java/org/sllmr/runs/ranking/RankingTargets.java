// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
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
 * @param groups first group of the samples of each user
 */
record RankingTargets(int[] users, int[] positions, int[][] positives, int[] groups) {
    /**
     * The users of samples; consecutive groups with the same user and position form one user with several positives.
     *
     * @param count number of users to draw; empty for all
     */
    static RankingTargets of(Samples samples, OptionalInt count, Seed seed) {
        Instances instances = samples.instances();
        int step = 1 + samples.negatives();
        List<int[]> spans = new ArrayList<>();
        for (int row = 0, end; row < samples.size(); row = end) {
            end = row + step;
            while (end < samples.size()
                    && instances.users()[end] == instances.users()[row]
                    && instances.positions()[end] == instances.positions()[row]) {
                end += step;
            }
            spans.add(new int[] {row, end});
        }
        int[] chosen = chosen(spans.size(), Math.min(count.orElse(spans.size()), spans.size()), seed);
        int size = chosen.length;
        RankingTargets targets = new RankingTargets(new int[size], new int[size], new int[size][], new int[size]);
        for (int i = 0; i < size; i++) {
            int[] span = spans.get(chosen[i]);
            targets.users[i] = instances.users()[span[0]];
            targets.positions[i] = instances.positions()[span[0]];
            targets.groups[i] = span[0] / step;
            targets.positives[i] = new int[(span[1] - span[0]) / step];
            for (int p = 0; p < targets.positives[i].length; p++) {
                targets.positives[i][p] = instances.items()[span[0] + p * step];
            }
        }
        return targets;
    }

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

    /** Items that are not candidates of a user: those of earlier interactions, except the positives; ascending. */
    int[] excluded(InteractionLog log, int row) {
        int[] history = new int[positions[row]];
        log.copyItems(users[row], 0, positions[row], history, 0);
        return Arrays.stream(history)
                .filter(item -> Arrays.stream(positives[row]).noneMatch(positive -> positive == item))
                .sorted()
                .distinct()
                .toArray();
    }
}

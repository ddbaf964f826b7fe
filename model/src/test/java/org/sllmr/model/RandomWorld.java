// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;

/** A small random dataset with single- and multi-valued fields, missing values, and empty histories. */
public final class RandomWorld {
    private final Random random;
    public final int users;
    public final int items;
    public final TrainingData data;

    public RandomWorld(long seed, int users, int items, int longestHistory) {
        this.random = new Random(seed);
        this.users = users;
        this.items = items;
        int[] offsets = new int[users + 1];
        for (int user = 0; user < users; user++) {
            offsets[user + 1] = offsets[user] + 2 + random.nextInt(longestHistory);
        }
        int size = offsets[users];
        InteractionLog log =
                InteractionLog.of(offsets, random.ints(size, 0, items).toArray(), new long[size]);
        Catalogue catalogue = new Catalogue(
                vocabulary("i", items),
                List.of(column("brand", items, Math.max(2, items / 6), 1, 0.1), column("category", items, 9, 4, 0.2)),
                List.of());
        this.data = new TrainingData(
                "random",
                "hash",
                log.withholdLast(1),
                catalogue,
                vocabulary("u", users),
                List.of(column("age", users, 5, 1, 0.3)),
                List.of(column("hour", size, 7, 2, 0.1)),
                new Samples(instances(log.withholdLast(1), users * 4, true), 1),
                new Samples(instances(log.withholdLast(1), users * 2, true), 1));
    }

    /** Random rows; in pairs that share user and position if asked for. */
    public Instances instances(InteractionLog log, int rows, boolean pairs) {
        int[] userOf = new int[rows];
        int[] itemOf = random.ints(rows, 0, items).toArray();
        int[] positions = new int[rows];
        for (int row = 0; row < rows; row++) {
            boolean second = pairs && row % 2 == 1;
            userOf[row] = second ? userOf[row - 1] : random.nextInt(users);
            positions[row] = second ? positions[row - 1] : random.nextInt(log.length(userOf[row]) + 1);
        }
        return new Instances(userOf, itemOf, positions);
    }

    public Instances instances(int rows) {
        return instances(data.log(), rows, random.nextBoolean());
    }

    private Column column(String name, int rows, int values, int most, double missing) {
        int[] offsets = new int[rows + 1];
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int count = random.nextDouble() < missing ? 0 : 1 + random.nextInt(most);
            for (int i = 0; i < count; i++) {
                all.add(random.nextInt(values));
            }
            offsets[row + 1] = all.size();
        }
        return new Column(
                name,
                vocabulary(name, values),
                offsets,
                all.stream().mapToInt(Integer::intValue).toArray());
    }

    public static Vocabulary vocabulary(String prefix, int size) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(prefix + i);
        }
        return new Vocabulary(values);
    }
}

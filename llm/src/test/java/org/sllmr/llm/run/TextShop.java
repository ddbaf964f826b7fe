// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;
import org.sllmr.data.Vocabulary;
import org.sllmr.teacher.Worlds;

/** Data whose texts are asked for: items with their numbers as titles. */
final class TextShop {
    private TextShop() {}

    /** A positive with one negative for each interaction but the first; the log holds more than training may show. */
    static TrainingData data(int users, int items, long seed) {
        InteractionLog log = Worlds.log(users, items, 3, 12, seed).withholdLast(2);
        int[] columns = new int[2 * log.size()];
        Instances all = new Instances(columns.clone(), columns.clone(), columns.clone());
        int rows = 0;
        for (int user = 0; user < users; user++) {
            for (int position = 1; position < log.length(user); position++) {
                for (int other = 0; other < 2; other++) {
                    all.users()[rows] = user;
                    all.items()[rows] = other == 0 ? log.item(user, position) : (user * 13 + position) % items;
                    all.positions()[rows++] = position;
                }
            }
        }
        Samples none = new Samples(new Instances(new int[0], new int[0], new int[0]), 1);
        return new TrainingData(
                "shop",
                "hash",
                log,
                catalogue(items),
                names(users),
                List.of(),
                List.of(),
                new Samples(all.slice(0, rows), 1),
                none);
    }

    private static Catalogue catalogue(int items) {
        return new Catalogue(
                names(items),
                List.of(),
                List.of(new Catalogue.TextColumn(
                        "title",
                        IntStream.range(0, items)
                                .mapToObj(item -> "thing " + item)
                                .toList())));
    }

    private static Vocabulary names(int size) {
        return new Vocabulary(
                IntStream.range(0, size).mapToObj(Integer::toString).toList());
    }

    /** Every history that a prompt may show: the training interactions of a user before some position. */
    static Set<List<Integer>> histories(TrainingData data, int length) {
        Set<List<Integer>> allowed = new HashSet<>();
        for (int user = 0; user < data.log().users(); user++) {
            int[] all = Worlds.history(data.log(), user, 1000);
            for (int to = 0; to <= all.length; to++) {
                allowed.add(new ArrayList<>(
                        Arrays.stream(all, Math.max(0, to - length), to).boxed().toList()));
            }
        }
        return allowed;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.benchmarks.serving;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sllmr.bundle.format.BundleContents;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.Vocabulary;

/**
 * What is asked of a server, and of another engine, of drawn users.
 *
 * @param users their numbers
 * @param histories their last items that the model reads
 * @param recommend requests for the best items of all
 * @param rank requests to rank drawn candidates
 */
record Questions(int[] users, List<int[]> histories, List<byte[]> recommend, List<byte[]> rank) {
    /**
     * Draws users and candidates.
     *
     * @param path where the bundle is, for messages
     * @throws InvalidInputException if the bundle does not keep the ids of users
     */
    static Questions of(Path path, BundleContents bundle, int count, int k, int candidates) {
        if (bundle.offsets().length == 0 || bundle.user(bundle.data().userIds().value(0)) != 0) {
            throw new InvalidInputException(
                    path.toString(), "keeps no ids of users with histories; export it with --histories plain");
        }
        Vocabulary users = bundle.data().userIds();
        Vocabulary items = bundle.data().catalogue().ids();
        int longest = bundle.model().schema().historyLength();
        RandomGenerator random = new Seed(1).child("questions").generator();
        int[] drawn = random.ints(count, 0, users.size()).toArray();
        List<int[]> histories = new ArrayList<>();
        List<byte[]> recommend = new ArrayList<>();
        List<byte[]> rank = new ArrayList<>();
        for (int user : drawn) {
            int[] history = bundle.history(user);
            int skipped = Math.max(0, history.length - longest);
            histories.add(IntStream.range(skipped, history.length)
                    .map(at -> history[at])
                    .toArray());
            String asked = "{\"user\":\"" + users.value(user) + "\",";
            recommend.add(HttpConnection.request("/recommend/model", asked + "\"k\":" + k + "}"));
            String ids = random.ints(0, items.size())
                    .distinct()
                    .limit(candidates)
                    .mapToObj(item -> "\"" + items.value(item) + "\"")
                    .collect(Collectors.joining(","));
            rank.add(HttpConnection.request("/rank/model", asked + "\"candidates\":[" + ids + "]}"));
        }
        return new Questions(drawn, histories, recommend, rank);
    }
}

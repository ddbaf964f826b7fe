// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.quickstart;

import java.util.Arrays;
import java.util.List;
import org.sllmr.data.Samples;
import org.sllmr.data.TrainingData;

/**
 * Counts of a dataset for the report.
 *
 * @param name name of the dataset
 * @param users number of users
 * @param items number of items
 * @param interactions number of training interactions
 * @param trainingSamples number of training samples
 * @param historyLengths number of users with 0, 1, 2, ... training interactions
 * @param popularities number of training interactions of each item: {@code [items]}
 * @param coldInteractions maximum training interactions of a cold user
 * @param longTail whether each item is a long-tail item: {@code [items]}
 */
record DataSummary(
        String name,
        int users,
        int items,
        long interactions,
        int trainingSamples,
        List<Integer> historyLengths,
        int[] popularities,
        int coldInteractions,
        boolean[] longTail) {
    /** Copies the list and checks that the columns have equal lengths. */
    public DataSummary {
        historyLengths = List.copyOf(historyLengths);
        if (popularities.length != items || longTail.length != items) {
            throw new IllegalArgumentException(popularities.length + " popularities and " + longTail.length
                    + " long-tail flags for " + items + " items");
        }
    }

    /** Counts training data. */
    public static DataSummary of(TrainingData data, int coldInteractions, boolean[] longTail) {
        int users = data.log().users();
        int longest = 0;
        for (int user = 0; user < users; user++) {
            longest = Math.max(longest, data.log().length(user));
        }
        Integer[] lengths = new Integer[longest + 1];
        Arrays.fill(lengths, 0);
        int[] popularities = new int[longTail.length];
        for (int user = 0; user < users; user++) {
            int length = data.log().length(user);
            lengths[length]++;
            for (int position = 0; position < length; position++) {
                popularities[data.log().item(user, position)]++;
            }
        }
        Samples training = data.training();
        return new DataSummary(
                data.name(),
                users,
                longTail.length,
                data.log().size(),
                training.size(),
                List.of(lengths),
                popularities,
                coldInteractions,
                longTail);
    }
}

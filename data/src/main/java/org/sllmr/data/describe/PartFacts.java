// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import java.util.ArrayList;
import java.util.List;
import org.sllmr.data.Instances;
import org.sllmr.data.Samples;
import org.sllmr.data.Seen;
import org.sllmr.data.store.Dataset;

/**
 * The samples of a part, and how much of them training knows.
 *
 * @param part {@code training}, {@code calibration}, {@code validation} or {@code test}
 * @param samples number of samples
 * @param positives number of positives among them
 * @param impressions number of impressions; 0 where none are known
 * @param users number of users
 * @param newUsers users among them that training does not know
 * @param items number of items
 * @param newItems items among them that training does not know
 * @param withNewItem samples whose item training does not know
 */
public record PartFacts(
        String part,
        int samples,
        int positives,
        int impressions,
        int users,
        int newUsers,
        int items,
        int newItems,
        int withNewItem) {
    static List<PartFacts> of(Dataset dataset) {
        Seen seen = Seen.of(dataset.trainingData());
        List<PartFacts> parts = new ArrayList<>();
        parts.add(of("training", dataset.trainingData().training(), seen));
        dataset.trainingData().calibration().ifPresent(samples -> parts.add(of("calibration", samples, seen)));
        parts.add(of("validation", dataset.trainingData().validation().samples(), seen));
        parts.add(of("test", dataset.testData().test(), seen));
        return List.copyOf(parts);
    }

    private static PartFacts of(String part, Samples samples, Seen seen) {
        Instances rows = samples.instances();
        boolean[] users = new boolean[seen.users().length];
        boolean[] items = new boolean[seen.items().length];
        int withNewItem = 0;
        for (int row = 0; row < rows.size(); row++) {
            users[rows.users()[row]] = true;
            items[rows.items()[row]] = true;
            withNewItem += seen.items()[rows.items()[row]] ? 0 : 1;
        }
        return new PartFacts(
                part,
                samples.size(),
                samples.positives(),
                samples.labelled() && samples.lists().known() ? samples.lists().count() : 0,
                count(users, new boolean[users.length]),
                count(users, seen.users()),
                count(items, new boolean[items.length]),
                count(items, seen.items()),
                withNewItem);
    }

    /** How many are in one set and not in another. */
    private static int count(boolean[] in, boolean[] without) {
        int count = 0;
        for (int index = 0; index < in.length; index++) {
            count += in[index] && !without[index] ? 1 : 0;
        }
        return count;
    }
}

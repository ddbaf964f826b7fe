// SPDX-License-Identifier: Apache-2.0
package org.sllmr.training.calibration;

import java.util.Arrays;
import org.sllmr.data.ColdUsers;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;

/** The stratum of each item and of each user. */
final class Strata {
    private final Stratum[] items;
    private final Stratum[] users;

    private Strata(Stratum[] items, Stratum[] users) {
        this.items = items;
        this.users = users;
    }

    /**
     * The strata of a dataset.
     *
     * @param logPopularity log(1 + training positives) of each item, counted without the held-out interactions
     */
    static Strata of(TrainingData data, double[] logPopularity) {
        Popularity popularity = Popularity.of(data);
        double rare = Arrays.stream(popularity.longTailItems())
                .mapToDouble(item -> StrictMath.log1p(popularity.positives(item)))
                .max()
                .orElse(-1);
        double frequent = Arrays.stream(popularity.head((int) (Popularity.LONG_TAIL_SHARE * logPopularity.length)))
                .mapToDouble(item -> StrictMath.log1p(popularity.positives(item)))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        Stratum[] items = new Stratum[logPopularity.length];
        for (int item = 0; item < items.length; item++) {
            items[item] = logPopularity[item] <= rare
                    ? Stratum.LONG_TAIL
                    : logPopularity[item] >= frequent ? Stratum.POPULAR : Stratum.MIDDLE;
        }
        return new Strata(items, ofUsers(data));
    }

    private static Stratum[] ofUsers(TrainingData data) {
        InteractionLog log = data.log();
        boolean[] cold = ColdUsers.of(data);
        int[] lengths = new int[log.users()];
        int others = 0;
        for (int user = 0; user < lengths.length; user++) {
            if (!cold[user]) {
                lengths[others++] = log.length(user);
            }
        }
        int[] sorted = Arrays.copyOf(lengths, others);
        Arrays.sort(sorted);
        int median = others == 0 ? 0 : sorted[(others - 1) / 2];
        Stratum[] users = new Stratum[log.users()];
        for (int user = 0; user < users.length; user++) {
            users[user] = cold[user] ? Stratum.COLD : log.length(user) <= median ? Stratum.SHORT : Stratum.LONG;
        }
        return users;
    }

    Stratum ofItem(int item) {
        return items[item];
    }

    Stratum ofUser(int user) {
        return users[user];
    }
}

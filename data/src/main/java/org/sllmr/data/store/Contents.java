// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Vocabulary;

/**
 * The columns of a dataset, test interactions included; only preparation and storage use them in this form.
 *
 * @param log all interactions, nothing withheld; with leave-one-out every user has at least {@value #MIN_INTERACTIONS};
 *     where rows have labels, the positives
 * @param catalogue the items
 * @param userIds user ids as the source gives them
 * @param userFields categorical fields of users, one row per user
 * @param contextFields categorical fields of interactions, one row per interaction; where samples are stored row by
 *     row, one per row that the split names
 * @param split which samples are of which part
 */
public record Contents(
        InteractionLog log,
        Catalogue catalogue,
        Vocabulary userIds,
        List<Column> userFields,
        List<Column> contextFields,
        StoredSplit split) {
    /** The fewest interactions of a user: one each for history, validation and test. */
    public static final int MIN_INTERACTIONS = 3;

    /** Checks that the columns fit together. */
    public Contents {
        userFields = List.copyOf(userFields);
        contextFields = List.copyOf(contextFields);
        int users = log.users();
        require("user ids", userIds.size(), users);
        userFields.forEach(field -> require(field.name(), field.rows(), users));
        if (split instanceof Negatives negatives) {
            contextFields.forEach(field -> require(field.name(), field.rows(), log.size()));
            check(log, negatives);
        } else if (split instanceof StoredParts parts) {
            int rows = contextFields.isEmpty() ? 0 : contextFields.get(0).rows();
            contextFields.forEach(field -> require(field.name(), field.rows(), rows));
            parts.check(log, catalogue.size(), rows);
        }
    }

    private static void check(InteractionLog log, Negatives negatives) {
        int users = log.users();
        long n = negatives.perPositive();
        long positives = Math.max(0, log.size() - (long) MIN_INTERACTIONS * users);
        ArraySize.of(
                ArraySize.product(positives, 1 + n),
                "negatives",
                "training samples",
                "draw fewer negatives, or take fewer interactions");
        ArraySize.of(
                ArraySize.product(users, 1 + n),
                "negatives",
                "validation samples",
                "draw fewer negatives per positive");
        require("validation negatives", negatives.validation().length, users * n);
        require("test negatives", negatives.test().length, users * n);
        require("training negatives", negatives.training().length, (log.size() - (long) MIN_INTERACTIONS * users) * n);
        for (int user = 0; user < users; user++) {
            if (log.length(user) < MIN_INTERACTIONS) {
                throw new IllegalArgumentException("user " + user + " has " + log.length(user) + " interactions");
            }
        }
    }

    private static void require(String what, int found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + ": " + found + " rows instead of " + expected);
        }
    }
}

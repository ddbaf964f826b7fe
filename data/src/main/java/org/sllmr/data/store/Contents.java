// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.List;
import org.sllmr.configuration.ArraySize;
import org.sllmr.data.Catalogue;
import org.sllmr.data.Column;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.NumericInputs;
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
 * @param numeric numbers of users and interactions, the latter with the rows of the context fields
 */
public record Contents(
        InteractionLog log,
        Catalogue catalogue,
        Vocabulary userIds,
        List<Column> userFields,
        List<Column> contextFields,
        StoredSplit split,
        NumericInputs numeric) {
    /** The fewest interactions of a user: one each for history, validation and test. */
    public static final int MIN_INTERACTIONS = 3;

    /** Checks that the columns fit together. */
    public Contents {
        userFields = List.copyOf(userFields);
        contextFields = List.copyOf(contextFields);
        int users = log.users();
        require("user ids", userIds.size(), users);
        userFields.forEach(field -> require(field.name(), field.rows(), users));
        numeric.userNumbers().forEach(field -> require(field.name(), field.rows(), users));
        numeric.userVectors().forEach(field -> require(field.name(), field.rows(), users));
        if (split instanceof Negatives negatives) {
            requireContexts(contextFields, numeric, log.size());
            check(log, negatives);
        } else if (split instanceof StoredParts parts) {
            int rows = !contextFields.isEmpty()
                    ? contextFields.get(0).rows()
                    : !numeric.contextNumbers().isEmpty()
                            ? numeric.contextNumbers().get(0).rows()
                            : 0;
            requireContexts(contextFields, numeric, rows);
            parts.check(log, catalogue.size(), rows);
        }
    }

    private static void requireContexts(List<Column> fields, NumericInputs numeric, int rows) {
        fields.forEach(field -> require(field.name(), field.rows(), rows));
        numeric.contextNumbers().forEach(field -> require(field.name(), field.rows(), rows));
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

    /** Columns without numbers. */
    public Contents(
            InteractionLog log,
            Catalogue catalogue,
            Vocabulary userIds,
            List<Column> userFields,
            List<Column> contextFields,
            Negatives negatives) {
        this(log, catalogue, userIds, userFields, contextFields, negatives, NumericInputs.NONE);
    }

    private static void require(String what, int found, long expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + ": " + found + " rows instead of " + expected);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.util.Optional;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;

/**
 * Samples that are stored row by row: rows with labels of their own, and any split but leave-one-out.
 *
 * @param kind what decided on the parts: {@code time}, {@code files}, {@code users} or {@code folds}
 * @param training training samples
 * @param validation validation samples
 * @param test test samples
 * @param calibration samples that guidance is fitted on; with folds only. With folds, training positives are followed
 *     by drawn negatives, and the other parts have labels of their own
 * @param trainingLengths how many interactions of each user are of the training part: {@code [users]}
 * @param validationLengths how many interactions of each user are of the training or validation part: {@code [users]}
 * @param contexts row of the context columns of each interaction, or -1; empty if there are no context columns: {@code
 *     [interactions]}
 */
public record StoredParts(
        String kind,
        Samples training,
        Samples validation,
        Samples test,
        Optional<Samples> calibration,
        int[] trainingLengths,
        int[] validationLengths,
        int[] contexts)
        implements StoredSplit {
    /** The kind whose rows have labels of their own, but for training. */
    public static final String FOLDS = "folds";

    /** Whether training rows have labels of their own. */
    public boolean labelled() {
        return training.labelled();
    }

    InteractionLog withContexts(InteractionLog log) {
        return contexts.length == 0 ? log : log.withContexts(contexts);
    }

    InteractionLog trainingLog(InteractionLog log) {
        return withContexts(log).keepFirst(trainingLengths);
    }

    InteractionLog validationLog(InteractionLog log) {
        return withContexts(log).keepFirst(validationLengths);
    }

    /** Checks every index. */
    void check(InteractionLog log, int items, int contextRows) {
        int users = log.users();
        require("training lengths", trainingLengths.length, users);
        require("validation lengths", validationLengths.length, users);
        if (contexts.length > 0) {
            require("contexts", contexts.length, log.size());
            inRange("contexts", contexts, -1, contextRows);
        }
        for (int user = 0; user < users; user++) {
            if (trainingLengths[user] < 0
                    || trainingLengths[user] > validationLengths[user]
                    || validationLengths[user] > log.length(user)) {
                throw new IllegalArgumentException("user " + user + " has " + trainingLengths[user] + " training and "
                        + validationLengths[user] + " validation interactions of " + log.length(user));
            }
        }
        check("training", training, log.keepFirst(trainingLengths), items, contextRows);
        check("validation", validation, log.keepFirst(validationLengths), items, contextRows);
        check("test", test, log, items, contextRows);
        calibration.ifPresent(
                samples -> check("calibration", samples, log.keepFirst(trainingLengths), items, contextRows));
    }

    private static void check(String part, Samples samples, InteractionLog log, int items, int contextRows) {
        inRange(part + " users", samples.instances().users(), 0, log.users());
        inRange(part + " items", samples.instances().items(), 0, items);
        inRange(part + " contexts", samples.instances().contexts(), -1, contextRows);
        for (int row = 0; row < samples.size(); row++) {
            int position = samples.instances().positions()[row];
            if (position < 0 || position > log.length(samples.instances().users()[row])) {
                throw new IllegalArgumentException(part + " row " + row + " has position " + position);
            }
        }
    }

    private static void inRange(String what, int[] values, int from, int end) {
        for (int value : values) {
            if (value < from || value >= end) {
                throw new IllegalArgumentException(
                        what + " contain " + value + ", allowed is " + from + " to " + (end - 1));
            }
        }
    }

    private static void require(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(what + ": " + found + " rows instead of " + expected);
        }
    }
}

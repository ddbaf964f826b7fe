// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawLog;

/**
 * Each user's candidates as a list with labels, and which users' lists are of which part: cross-fitting over users.
 *
 * <p>Candidates are what somebody judged, such as a language model that was asked to order them. Those that the test file
 * has are positives, and the others negatives. A candidate that the user took in training is left out. So is the list of
 * a user without training interactions, or without a positive or a negative: nothing could be measured on it.
 *
 * <p>Users with a list are drawn into folds. The lists of one fold are the test part, those of the next one the
 * validation part, and those of all others are for calibration: guidance is fitted on them, and nothing is trained on
 * them. Over all folds each user is tested once, by a model that has never seen the user's labels.
 *
 * @param log the interactions of training and the candidates that are left, with labels, parts, and lists by user; all
 *     candidates come after all interactions
 * @param rows the rows that are kept
 */
record JudgedLists(RawLog log, int[] rows) {
    /**
     * Makes the lists.
     *
     * @param log with training interactions, test interactions and candidates
     * @param rows the rows that are kept so far
     * @param seed the folds are drawn from a child of it; they are the same whichever is tested
     * @throws InvalidInputException if there are fewer users with a list than folds
     */
    static JudgedLists of(RawLog log, int[] rows, PartSettings settings, Seed seed) {
        byte[] from = log.labels().parts();
        Set<Long> training = pairs(log, rows, RawLabels.TRAINING);
        Set<Long> taken = pairs(log, rows, RawLabels.TEST);
        boolean[] known = new boolean[log.userIds().size()];
        int[] positives = new int[known.length];
        int[] negatives = new int[known.length];
        boolean[] kept = new boolean[log.size()];
        byte[] labels = new byte[log.size()];
        Set<Long> seen = new HashSet<>();
        for (int row : rows) {
            int user = log.users()[row];
            if (from[row] == RawLabels.TRAINING) {
                known[user] = true;
                kept[row] = true;
                labels[row] = 1;
            } else if (from[row] == RawLabels.CANDIDATE
                    && !training.contains(pair(log, row))
                    && seen.add(pair(log, row))) {
                kept[row] = true;
                labels[row] = (byte) (taken.contains(pair(log, row)) ? 1 : 0);
                positives[user] += labels[row];
                negatives[user] += 1 - labels[row];
            }
        }
        boolean[] listed = new boolean[known.length];
        Arrays.setAll(positives, user -> {
            listed[user] = known[user] && positives[user] > 0 && negatives[user] > 0;
            return positives[user];
        });
        byte[] partOfUser = parts(listed, settings, seed.child("folds"));
        byte[] parts = new byte[log.size()];
        long[] keys = log.positions().length > 0
                ? log.positions().clone()
                : log.times().clone();
        int size = 0;
        int[] left = new int[rows.length];
        for (int row : rows) {
            boolean candidate = from[row] == RawLabels.CANDIDATE;
            if (kept[row] && (!candidate || listed[log.users()[row]])) {
                left[size++] = row;
                parts[row] = candidate ? partOfUser[log.users()[row]] : RawLabels.TRAINING;
                keys[row] = candidate ? Long.MAX_VALUE : keys[row];
            }
        }
        RawLabels judged = new RawLabels(labels, log.userIds(), log.users(), parts, false);
        return new JudgedLists(
                new RawLog(
                        log.places(),
                        log.userIds(),
                        log.itemIds(),
                        log.users(),
                        log.items(),
                        log.times(),
                        keys,
                        log.contextFields(),
                        log.contextNumbers(),
                        judged),
                Arrays.copyOf(left, size));
    }

    private static Set<Long> pairs(RawLog log, int[] rows, byte part) {
        Set<Long> pairs = new HashSet<>();
        for (int row : rows) {
            if (log.labels().parts()[row] == part) {
                pairs.add(pair(log, row));
            }
        }
        return pairs;
    }

    private static long pair(RawLog log, int row) {
        return (long) log.users()[row] << Integer.SIZE | log.items()[row];
    }

    /** The part of each listed user's list. */
    private static byte[] parts(boolean[] listed, PartSettings settings, Seed seed) {
        int[] order = RowFilter.drawn(listed, seed);
        if (order.length < settings.folds()) {
            throw new InvalidInputException(
                    "split.parts.folds",
                    "is " + settings.folds() + ", but only " + order.length
                            + " users have training interactions, a candidate of the test file and another candidate;"
                            + " check --test and --candidates, or take fewer folds");
        }
        byte[] parts = new byte[listed.length];
        int tested = settings.fold() - 1;
        for (int at = 0; at < order.length; at++) {
            int fold = at % settings.folds();
            parts[order[at]] = fold == tested
                    ? RawLabels.TEST
                    : fold == (tested + 1) % settings.folds() ? RawLabels.VALIDATION : RawLabels.CALIBRATION;
        }
        return parts;
    }
}

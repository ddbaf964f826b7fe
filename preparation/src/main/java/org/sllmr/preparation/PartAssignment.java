// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Arrays;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Seed;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawLog;

/** Decides of which part each row is, and checks that impressions stay whole. */
final class PartAssignment {
    private final RawLog log;
    private final int[] rows;
    private final PartSettings settings;

    /** The earliest time of each impression; empty without impressions. */
    private final long[] groupTimes;

    /** The part of each raw row. */
    private final byte[] parts;

    private PartAssignment(RawLog log, int[] rows, PartSettings settings) {
        this.log = log;
        this.rows = rows;
        this.settings = settings;
        this.parts = new byte[log.size()];
        this.groupTimes = groupTimes();
    }

    /**
     * The part of each raw row that is kept, as {@link RawLabels#TRAINING} and so on; for a row of a file of histories,
     * that from which on it is known.
     *
     * @param rows the rows that are kept
     * @throws InvalidInputException if a row has no part, or an impression has rows in several, or of several users
     */
    static byte[] of(RawLog log, int[] rows, PartKind kind, PartSettings settings, Seed seed) {
        PartAssignment assignment = new PartAssignment(log, rows, settings);
        // First, because a column that names no impressions gives parts without rows besides.
        assignment.checkUsersOfGroups();
        switch (kind) {
            case TIME -> assignment.byTime();
            case FILES -> assignment.byFile();
            case USERS -> assignment.byUser(seed.child("users of parts"));
            case LEAVE_ONE_OUT, FOLDS -> throw new IllegalArgumentException(kind + " has no parts of rows");
        }
        assignment.checkPartsOfGroups();
        return assignment.parts;
    }

    private boolean history(int row) {
        return log.labels().parts().length > 0 && log.labels().parts()[row] == RawLabels.HISTORY;
    }

    private long[] groupTimes() {
        int[] groups = log.labels().groups();
        long[] earliest = new long[log.labels().groupIds().size()];
        Arrays.fill(earliest, Long.MAX_VALUE);
        if (groups.length > 0) {
            for (int row : rows) {
                earliest[groups[row]] = Math.min(earliest[groups[row]], log.times()[row]);
            }
        }
        return earliest;
    }

    private void byTime() {
        for (int row : rows) {
            if (log.times()[row] == InteractionLog.NO_TIME) {
                throw TimeBounds.noTime(log.places().place(row));
            }
        }
        boolean given = settings.testFrom().isPresent();
        long[] sorted = given ? new long[0] : sortedTimes();
        TimeBounds bounds = TimeBounds.of(settings, sorted.length, place -> sorted[(int) place]);
        for (int row : rows) {
            // An impression that is divided by the data itself stays whole; one that given instants divide is an error.
            long time = given || history(row) ? log.times()[row] : time(row);
            parts[row] = bounds.part(time);
        }
        requireRows(bounds);
    }

    private void requireRows(TimeBounds bounds) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long[] counts = new long[RawLabels.TEST + 1];
        for (int row : rows) {
            if (!history(row)) {
                counts[parts[row]]++;
                earliest = Math.min(earliest, log.times()[row]);
                latest = Math.max(latest, log.times()[row]);
            }
        }
        bounds.requireRows(counts, earliest, latest);
    }

    private long time(int row) {
        int[] groups = log.labels().groups();
        return groups.length == 0 ? log.times()[row] : groupTimes[groups[row]];
    }

    private long[] sortedTimes() {
        long[] times = new long[rows.length];
        int count = 0;
        for (int row : rows) {
            if (!history(row)) {
                times[count++] = time(row);
            }
        }
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.parallelSort(sorted);
        return sorted;
    }

    private void byFile() {
        for (int row : rows) {
            byte part = log.labels().parts()[row];
            parts[row] = part == RawLabels.HISTORY ? RawLabels.TRAINING : part;
        }
    }

    private void byUser(Seed seed) {
        int users = log.userIds().size();
        byte[] partOfUser = new byte[users];
        boolean[] present = new boolean[users];
        for (int row : rows) {
            present[log.users()[row]] = true;
        }
        int[] order = RowFilter.drawn(present, seed);
        int test = (int) Math.round(settings.testShare() * order.length);
        int validation = (int) Math.round(settings.validationShare() * order.length);
        for (int at = 0; at < order.length; at++) {
            partOfUser[order[at]] =
                    at < test ? RawLabels.TEST : at < test + validation ? RawLabels.VALIDATION : RawLabels.TRAINING;
        }
        for (int row : rows) {
            parts[row] = partOfUser[log.users()[row]];
        }
    }

    private void checkUsersOfGroups() {
        int[] users = log.users();
        checkGroups((first, row) -> users[first] == users[row]
                ? ""
                : "has rows of two users, '" + log.userIds().value(users[first]) + "' and '"
                        + log.userIds().value(users[row]) + "'; name a column whose values differ between users");
    }

    private void checkPartsOfGroups() {
        checkGroups((first, row) -> parts[first] == parts[row]
                ? ""
                : "has rows in the " + PartedSamples.name(parts[first]) + " and in the "
                        + PartedSamples.name(parts[row])
                        + " part; give its rows one time, choose other instants, or put them into one file");
    }

    /** Compares each row of an impression with the first one. */
    private void checkGroups(Fault fault) {
        int[] groups = log.labels().groups();
        if (groups.length == 0) {
            return;
        }
        int[] first = new int[groupTimes.length];
        Arrays.fill(first, -1);
        for (int row : rows) {
            int group = groups[row];
            if (history(row)) {
                continue;
            }
            if (first[group] < 0) {
                first[group] = row;
                continue;
            }
            String what = fault.of(first[group], row);
            if (!what.isEmpty()) {
                throw divided(first[group], row, what);
            }
        }
    }

    private InvalidInputException divided(int first, int row, String what) {
        String id = log.labels().groupIds().value(log.labels().groups()[row]);
        return new InvalidInputException(
                log.places().place(row),
                "impression '" + id + "' (first at " + log.places().place(first) + ") " + what);
    }

    /** What is wrong with two rows of one impression; empty if nothing is. */
    private interface Fault {
        String of(int first, int row);
    }
}

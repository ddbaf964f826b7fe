// SPDX-License-Identifier: Apache-2.0
package org.sllmr.preparation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Labels;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.UntouchedItems;
import org.sllmr.data.concurrent.Blocks;
import org.sllmr.data.store.StoredParts;
import org.sllmr.preparation.read.RawLabels;
import org.sllmr.preparation.read.RawLog;

/**
 * The samples of parts whose rows are stored one by one, and the log of positives that their histories come from.
 *
 * <p>A history is a prefix of its user's positives, sorted by part and then by time. Where rows have labels it ends
 * before the first positive that is not strictly earlier than the row, so all rows of an impression have the same one.
 * Otherwise positives of the same time are in the order of the file, as with leave-one-out.
 */
final class PartedSamples {
    private final RawLog raw;
    private final UserRows rows;
    private final byte[] parts;
    private final int negatives;
    private final PartKind kind;
    private final Seed seed;
    private final boolean contexts;
    private final long[] keys;

    /** The kept rows by user, part and time. */
    private final int[] sorted;

    private final int[] userOffsets;

    /** Places in {@code sorted} of the positives. */
    private final int[] positives;

    private final int[] logOffsets;
    private final InteractionLog log;
    private final InteractionLog trainingLog;

    PartedSamples(UserRows rows, byte[] parts, PartKind kind, SplitSettings settings, Blocks blocks)
            throws InterruptedException {
        this.raw = rows.log();
        this.rows = rows;
        this.parts = parts;
        this.kind = kind;
        this.negatives = settings.negatives().orElse(labelled(RawLabels.TRAINING) ? 0 : 1);
        this.seed = new Seed(settings.seed()).child("negatives");
        this.contexts = !raw.contextFields().isEmpty() || !raw.contextNumbers().isEmpty();
        this.keys = raw.positions().length > 0 ? raw.positions() : impressionTimes();
        // By time and by user the order of keys is also that of parts, unless positions say otherwise.
        boolean partsFirst = kind == PartKind.FILES || raw.positions().length > 0;
        this.sorted = rows.sorted(keys, partsFirst ? parts : new byte[0], blocks);
        this.userOffsets = rows.offsets();
        groupsTogether();
        int users = rows.userIds().size();
        this.logOffsets = new int[users + 1];
        this.positives = collectPositives();
        this.log = log();
        this.trainingLog = log.keepFirst(lengths(RawLabels.TRAINING));
    }

    static String name(byte part) {
        return switch (part) {
            case RawLabels.TRAINING -> "training";
            case RawLabels.VALIDATION -> "validation";
            case RawLabels.CALIBRATION -> "calibration";
            default -> "test";
        };
    }

    /** The kept rows in the order of the context columns. */
    int[] sorted() {
        return sorted;
    }

    /** The positives of all parts. */
    InteractionLog positivesLog() {
        return log;
    }

    /** Rows of one impression have one time, the earliest. */
    private long[] impressionTimes() {
        int[] groups = raw.labels().groups();
        if (groups.length == 0) {
            return raw.times();
        }
        long[] earliest = new long[raw.labels().groupIds().size()];
        Arrays.fill(earliest, Long.MAX_VALUE);
        for (int row = 0; row < groups.length; row++) {
            if (!history(row)) {
                earliest[groups[row]] = Math.min(earliest[groups[row]], raw.times()[row]);
            }
        }
        long[] times = new long[groups.length];
        for (int row = 0; row < times.length; row++) {
            times[row] = history(row) ? raw.times()[row] : earliest[groups[row]];
        }
        return times;
    }

    /** Puts the rows of an impression next to each other where several have the same time. */
    private void groupsTogether() {
        int[] groups = raw.labels().groups();
        if (groups.length == 0) {
            return;
        }
        long[] byGroup = new long[0];
        for (int user = 0; user + 1 < userOffsets.length; user++) {
            for (int from = userOffsets[user], to; from < userOffsets[user + 1]; from = to) {
                to = from + 1;
                boolean mixed = false;
                while (to < userOffsets[user + 1]
                        && keys[sorted[to]] == keys[sorted[from]]
                        && parts[sorted[to]] == parts[sorted[from]]) {
                    mixed |= groups[sorted[to]] != groups[sorted[to - 1]];
                    to++;
                }
                if (mixed) {
                    byGroup = byGroup.length > 0
                            ? byGroup
                            : Arrays.stream(groups).asLongStream().toArray();
                    new StableSort(byGroup).sort(sorted, from, to);
                }
            }
        }
    }

    private boolean history(int row) {
        return raw.labels().parts().length > 0 && raw.labels().parts()[row] == RawLabels.HISTORY;
    }

    /** Whether the rows of a part have labels of their own; by folds, those of training are positives. */
    private boolean labelled(byte part) {
        return raw.labels().given() && !(kind == PartKind.FOLDS && part == RawLabels.TRAINING);
    }

    /** How many negatives are drawn for each positive of a part; by folds, candidates are all that is compared. */
    private int negatives(byte part) {
        return kind == PartKind.FOLDS && part != RawLabels.TRAINING ? 0 : negatives;
    }

    private boolean positive(int row) {
        return !raw.labels().given() || raw.labels().values()[row] == 1;
    }

    private int[] collectPositives() {
        int count = 0;
        for (int row : sorted) {
            count += positive(row) && !raw.labels().anonymous() ? 1 : 0;
        }
        int[] found = new int[count];
        int next = 0;
        for (int user = 0; user + 1 < userOffsets.length; user++) {
            for (int at = userOffsets[user]; at < userOffsets[user + 1]; at++) {
                // Rows without users have no history, not that of all others.
                if (positive(sorted[at]) && !raw.labels().anonymous()) {
                    found[next++] = at;
                }
            }
            logOffsets[user + 1] = next;
        }
        return found;
    }

    private InteractionLog log() {
        int[] items = new int[positives.length];
        long[] times = new long[positives.length];
        for (int index = 0; index < items.length; index++) {
            items[index] = rows.item(sorted[positives[index]]);
            times[index] = raw.times()[sorted[positives[index]]];
        }
        return InteractionLog.of(logOffsets, items, times);
    }

    /** The samples of all parts. */
    StoredParts samples() {
        return new StoredParts(
                kind.name().toLowerCase(Locale.ROOT),
                samples(RawLabels.TRAINING),
                samples(RawLabels.VALIDATION),
                samples(RawLabels.TEST),
                kind == PartKind.FOLDS ? Optional.of(samples(RawLabels.CALIBRATION)) : Optional.empty(),
                lengths(RawLabels.TRAINING),
                lengths(RawLabels.VALIDATION),
                contexts ? positives : new int[0]);
    }

    /** The number of each user's positives up to a part. */
    private int[] lengths(byte last) {
        int[] lengths = new int[logOffsets.length - 1];
        for (int user = 0; user < lengths.length; user++) {
            for (int index = logOffsets[user]; index < logOffsets[user + 1]; index++) {
                lengths[user] += parts[sorted[positives[index]]] <= last ? 1 : 0;
            }
        }
        return lengths;
    }

    private Samples samples(byte part) {
        Rows collected = new Rows(part, count(part));
        for (int user = 0; user + 1 < userOffsets.length; user++) {
            Negatives drawn = new Negatives(user);
            int index = logOffsets[user];
            for (int at = userOffsets[user]; at < userOffsets[user + 1]; at++) {
                boolean positive = positive(sorted[at]);
                if (parts[sorted[at]] == part && isSample(user, at, index)) {
                    collected.add(user, at, position(user, at, index), drawn);
                }
                index += positive && !raw.labels().anonymous() ? 1 : 0;
            }
        }
        return collected.build();
    }

    private int count(byte part) {
        long count = 0;
        for (int user = 0; user + 1 < userOffsets.length; user++) {
            int index = logOffsets[user];
            for (int at = userOffsets[user]; at < userOffsets[user + 1]; at++) {
                boolean positive = positive(sorted[at]);
                if (parts[sorted[at]] == part && isSample(user, at, index)) {
                    count += 1 + (positive ? negatives(part) : 0);
                }
                index += positive && !raw.labels().anonymous() ? 1 : 0;
            }
        }
        return ArraySize.of(
                count, "split.negatives", name(part) + " samples", "draw fewer negatives, or take fewer rows");
    }

    /**
     * Whether a row is a sample of its part.
     *
     * @param at its place in {@code sorted}
     * @param index the index in the log that it has if it is a positive
     */
    private boolean isSample(int user, int at, int index) {
        if (history(sorted[at])) {
            return false;
        }
        if (labelled(parts[sorted[at]])) {
            return true;
        }
        if (parts[sorted[at]] == RawLabels.TRAINING) {
            // As with leave-one-out, a user's first interaction is history only.
            return index > logOffsets[user];
        }
        return kind != PartKind.USERS || (index > logOffsets[user] && index == logOffsets[user + 1] - 1);
    }

    /** How many of the user's positives are known before a row: see the class. */
    private int position(int user, int at, int index) {
        byte own = parts[sorted[at]];
        long key = keys[sorted[at]];
        boolean strict = labelled(own);
        int from = logOffsets[user];
        int end = logOffsets[user + 1];
        int known = from;
        for (byte part = RawLabels.TRAINING; part <= own; part++) {
            int to = firstOf(part + 1, known, end);
            if (part == own && !strict) {
                return index - from;
            }
            int before = firstAt(key, strict, known, to);
            if (before < to || part == own) {
                return before - from;
            }
            known = to;
        }
        return known - from;
    }

    /** The first of the positives from {@code low} to {@code high} whose part is at least a given one. */
    private int firstOf(int part, int low, int high) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (parts[sorted[positives[middle]]] < part) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The first of the positives of one part that is not known at a time. */
    private int firstAt(long key, boolean strict, int low, int high) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (from + to) >>> 1;
            long other = keys[sorted[positives[middle]]];
            if (other < key || (!strict && other == key)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The interactions that no negative may repeat: by folds those of training, so that no negative tells of others. */
    private InteractionLog negativesLog() {
        return kind == PartKind.FOLDS ? trainingLog : log;
    }

    /** Draws a user's negatives. */
    private final class Negatives {
        private final int user;
        private @Nullable UntouchedItems untouched;
        private @Nullable RandomGenerator random;

        Negatives(int user) {
            this.user = user;
        }

        int draw(int row) {
            if (untouched == null || random == null) {
                untouched = UntouchedItems.of(negativesLog(), user, rows.items());
                random = seed.child(parts[row]).child(rows.firstUser() + user).generator();
            }
            if (untouched.count() == 0) {
                throw new InvalidInputException(
                        raw.places().place(row),
                        "user '" + rows.userIds().value(user) + "' interacted with all "
                                + rows.items()
                                + " items, so no negative can be drawn; leave the user out, or add items to the"
                                + " catalogue (split.keepUnseenItems)");
            }
            return untouched.item((int) Math.multiplyHigh(random.nextLong() >>> 1, (long) untouched.count() << 1));
        }
    }

    /** Collects the samples of one part. */
    private final class Rows {
        private final int[] users;
        private final int[] items;
        private final int[] positions;
        private final int[] contextRows;
        private final byte[] labels;
        private final boolean labelled;
        private final int negatives;
        private final int[] groups;
        private int[] lists;
        private int listCount;
        private int lastGroup = -1;
        private int size;

        Rows(byte part, int count) {
            labelled = labelled(part);
            negatives = negatives(part);
            groups = labelled ? raw.labels().groups() : new int[0];
            lists = new int[groups.length == 0 ? 0 : 1024];
            users = new int[count];
            items = new int[count];
            positions = new int[count];
            contextRows = new int[contexts ? count : 0];
            labels = new byte[labelled ? count : 0];
        }

        void add(int user, int at, int position, Negatives drawn) {
            int row = sorted[at];
            if (groups.length > 0 && groups[row] != lastGroup) {
                lastGroup = groups[row];
                startList();
            }
            put(user, rows.item(row), position, at, positive(row));
            for (int negative = 0; positive(row) && negative < negatives; negative++) {
                put(user, drawn.draw(row), position, at, false);
            }
        }

        private void startList() {
            if (listCount + 1 >= lists.length) {
                lists = Arrays.copyOf(lists, 2 * lists.length);
            }
            lists[listCount++] = size;
        }

        private void put(int user, int item, int position, int context, boolean positive) {
            users[size] = user;
            items[size] = item;
            positions[size] = position;
            if (contexts) {
                contextRows[size] = context;
            }
            if (labels.length > 0) {
                labels[size] = (byte) (positive ? 1 : 0);
            }
            size++;
        }

        Samples build() {
            Instances instances = new Instances(users, items, positions, contextRows);
            if (!labelled) {
                return new Samples(instances, negatives);
            }
            if (groups.length > 0) {
                lists[listCount] = size;
            }
            return new Samples(
                    instances,
                    new Labels.Given(labels, groups.length == 0 ? lists : Arrays.copyOf(lists, listCount + 1)));
        }
    }
}

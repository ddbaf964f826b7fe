// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a training has seen of each user, so that a later one on more data can leave it out.
 *
 * <p>A user is recognised by what was seen: if the user's interactions and training rows in the later data begin with
 * those of the earlier, these were trained on; if not, none of the user's rows were. So the later data may hold everything
 * again or only what is new, with times or without. Drawn negatives do not count, since they can be drawn anew.
 *
 * @param users ids of the users
 * @param interactions how many interactions of each user were in the training log
 * @param logs a hash of these: {@code [users]}
 * @param rows how many rows of each user were trained on; where negatives are drawn, positives alone
 * @param samples a hash of these: {@code [users]}
 * @param until time of the newest training interaction, seconds since 1970, or {@link InteractionLog#NO_TIME}
 */
public record TrainedRows(List<String> users, int[] interactions, long[] logs, int[] rows, long[] samples, long until) {
    private static final long START = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x100_0000_01b3L;

    /** Copies the list and checks the lengths. */
    public TrainedRows {
        users = List.copyOf(users);
        for (int length : new int[] {interactions.length, logs.length, rows.length, samples.length}) {
            if (length != users.size()) {
                throw new IllegalArgumentException(length + " entries for " + users.size() + " users");
            }
        }
    }

    /** What a training on that data sees. */
    public static TrainedRows of(TrainingData data) {
        InteractionLog log = data.log();
        int count = log.users();
        int[] interactions = new int[count];
        long[] logs = new long[count];
        long until = InteractionLog.NO_TIME;
        long[] names = hashes(data.catalogue());
        for (int user = 0; user < count; user++) {
            interactions[user] = log.length(user);
            logs[user] = logHash(log, user, interactions[user], names);
            for (int position = 0; position < interactions[user]; position++) {
                until = Math.max(until, log.time(user, position));
            }
        }
        int[] rows = new int[count];
        long[] samples = new long[count];
        Arrays.fill(samples, START);
        Samples training = data.training();
        for (int row = 0; row < training.size(); row += training.groupSize()) {
            int user = training.instances().users()[row];
            rows[user]++;
            samples[user] = rowHash(samples[user], training, row, names);
        }
        return new TrainedRows(data.userIds().values(), interactions, logs, rows, samples, until);
    }

    /** These, and what a later training saw; of a user of both, the later. */
    public TrainedRows and(TrainedRows later) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int user = 0; user < users.size(); user++) {
            places.put(users.get(user), -1 - user);
        }
        for (int user = 0; user < later.users.size(); user++) {
            places.put(later.users.get(user), user);
        }
        List<String> ids = new ArrayList<>(places.keySet());
        int[] allInteractions = new int[ids.size()];
        long[] allLogs = new long[ids.size()];
        int[] allRows = new int[ids.size()];
        long[] allSamples = new long[ids.size()];
        int at = 0;
        for (int place : places.values()) {
            TrainedRows source = place < 0 ? this : later;
            int user = place < 0 ? -1 - place : place;
            allInteractions[at] = source.interactions[user];
            allLogs[at] = source.logs[user];
            allRows[at] = source.rows[user];
            allSamples[at++] = source.samples[user];
        }
        return new TrainedRows(ids, allInteractions, allLogs, allRows, allSamples, Math.max(until, later.until));
    }

    /**
     * The training rows of later data that have not been trained on, in their order.
     *
     * @return rows as {@link Samples#select} takes them, negatives with their positive
     */
    public int[] unseen(TrainingData data) {
        Vocabulary known = new Vocabulary(users);
        Samples training = data.training();
        int[] userOf = training.instances().users();
        int group = training.groupSize();
        int[] seen = new int[data.log().users()];
        long[] names = hashes(data.catalogue());
        for (int from = 0, to; from < training.size(); from = to) {
            to = from + group;
            while (to < training.size() && userOf[to] == userOf[from]) {
                to += group;
            }
            int user = userOf[from];
            int place = known.indexOf(data.userIds().value(user));
            if (place >= 0 && beginsWith(place, data.log(), user, names) && rows[place] <= (to - from) / group) {
                long hash = START;
                for (int row = 0; row < rows[place]; row++) {
                    hash = rowHash(hash, training, from + row * group, names);
                }
                seen[user] = hash == samples[place] ? rows[place] * group : 0;
            }
        }
        int[] unseen = new int[training.size()];
        int count = 0;
        for (int row = 0; row < unseen.length; row++) {
            if (seen[userOf[row]] > 0) {
                seen[userOf[row]]--;
            } else {
                unseen[count++] = row;
            }
        }
        return Arrays.copyOf(unseen, count);
    }

    /**
     * How many positives and rows with labels of held-out samples lie before the end of what was trained on of their users.
     *
     * @param log everything that is known of the users, the held-out interactions included
     * @param data whose users and items they are
     */
    public int within(Samples heldOut, InteractionLog log, TrainingData data) {
        Vocabulary known = new Vocabulary(users);
        long[] names = hashes(data.catalogue());
        int[] seen = new int[log.users()];
        for (int user = 0; user < seen.length; user++) {
            int place = known.indexOf(data.userIds().value(user));
            seen[user] = place >= 0 && beginsWith(place, log, user, names) ? interactions[place] : 0;
        }
        int count = 0;
        for (int row = 0; row < heldOut.size(); row += heldOut.groupSize()) {
            if (heldOut.instances().positions()[row] < seen[heldOut.instances().users()[row]]) {
                count++;
            }
        }
        return count;
    }

    private boolean beginsWith(int place, InteractionLog log, int user, long[] names) {
        return interactions[place] <= log.length(user) && logHash(log, user, interactions[place], names) == logs[place];
    }

    private static long logHash(InteractionLog log, int user, int length, long[] names) {
        long hash = START;
        for (int position = 0; position < length; position++) {
            hash = (hash ^ names[log.item(user, position)]) * PRIME;
        }
        return hash;
    }

    private static long rowHash(long hash, Samples samples, int row, long[] names) {
        Instances rows = samples.instances();
        long next = (hash ^ names[rows.items()[row]]) * PRIME;
        next = (next ^ rows.positions()[row]) * PRIME;
        return (next ^ samples.label(row)) * PRIME;
    }

    /** A hash of each item's id (Fowler, Noll and Vo, FNV-1a over its UTF-16 units). */
    private static long[] hashes(Catalogue catalogue) {
        long[] hashes = new long[catalogue.size()];
        for (int item = 0; item < hashes.length; item++) {
            String id = catalogue.ids().value(item);
            long hash = START;
            for (int at = 0; at < id.length(); at++) {
                hash = (hash ^ id.charAt(at)) * PRIME;
            }
            // FNV's high bits depend on all units, its low ones only on low ones.
            hashes[item] = hash ^ (hash >>> 32);
        }
        return hashes;
    }
}

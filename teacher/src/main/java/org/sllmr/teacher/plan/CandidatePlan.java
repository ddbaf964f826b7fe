// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.ArraySize;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.ColumnFile;
import org.sllmr.data.file.Sha256;
import org.sllmr.teacher.TeacherTable;

/**
 * The candidates that a teacher is asked about: for each user some items, with the reason for each.
 *
 * @param origin what the plan was made from
 * @param offsets first index of each user and, at the end, the number of candidates: {@code [users + 1]}, rising
 * @param items candidates, rising within a user; no items of the user's training history, except the last one if the
 *     user is held out
 * @param sources the {@link CandidateSource#code()} of each candidate
 */
public record CandidatePlan(Origin origin, int[] offsets, int[] items, byte[] sources) {
    private static final ColumnFile.Format FORMAT = new ColumnFile.Format(
            "sllmr candidate plan", 2, "plan again: the same seed and settings give the same plan");

    /**
     * What a plan was made from.
     *
     * @param dataset name of the dataset
     * @param datasetHash its content hash
     * @param seed the seed of the sampling
     * @param settings the settings
     */
    public record Origin(String dataset, String datasetHash, long seed, PlanSettings settings) {}

    /** Checks that the columns agree. */
    public CandidatePlan {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != items.length) {
            throw new IllegalArgumentException("offsets do not span the " + items.length + " candidates");
        }
        if (items.length != sources.length) {
            throw new IllegalArgumentException(items.length + " items, " + sources.length + " sources");
        }
        TeacherTable.checkRising(offsets);
    }

    /**
     * The plan of all users from those of slices of them.
     *
     * @param slices plans of one origin, in the order of their users
     * @throws InvalidInputException if there are more candidates than an array holds
     */
    public static CandidatePlan joined(Origin origin, List<CandidatePlan> slices) {
        long size = slices.stream().mapToLong(CandidatePlan::size).sum();
        int[] items = new int[ArraySize.of(size, "plan", "candidates", "plan fewer for each user")];
        byte[] sources = new byte[items.length];
        int[] offsets = new int[slices.stream().mapToInt(CandidatePlan::users).sum() + 1];
        int user = 0;
        for (CandidatePlan slice : slices) {
            int at = offsets[user];
            System.arraycopy(slice.items, 0, items, at, slice.size());
            System.arraycopy(slice.sources, 0, sources, at, slice.size());
            for (int own = 1; own <= slice.users(); own++) {
                offsets[++user] = at + slice.offsets[own];
            }
        }
        return new CandidatePlan(origin, offsets, items, sources);
    }

    /** The plan of the users {@code [from, to)} alone, whose first becomes user 0. */
    public CandidatePlan slice(int from, int to) {
        int[] own = Arrays.copyOfRange(offsets, from, to + 1);
        for (int user = 0; user < own.length; user++) {
            own[user] -= offsets[from];
        }
        return new CandidatePlan(
                origin,
                own,
                Arrays.copyOfRange(items, offsets[from], offsets[to]),
                Arrays.copyOfRange(sources, offsets[from], offsets[to]));
    }

    /** Number of users. */
    public int users() {
        return offsets.length - 1;
    }

    /** Number of candidates of all users. */
    public int size() {
        return items.length;
    }

    /** Whether each user's last training interaction is held out: {@code [users]}. */
    public boolean[] heldOut() {
        boolean[] heldOut = new boolean[users()];
        for (int user = 0; user < heldOut.length; user++) {
            heldOut[user] = heldOut(user);
        }
        return heldOut;
    }

    /** Whether a user's last training interaction is held out, so that the teacher must not see it. */
    public boolean heldOut(int user) {
        for (int index = offsets[user]; index < offsets[user + 1]; index++) {
            if (sources[index] == CandidateSource.HELD_OUT.code()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The histories that the teacher may see.
     *
     * @param log the training interactions of the plan's users
     */
    public PlanHistories histories(InteractionLog log) {
        return new PlanHistories(this, log);
    }

    /**
     * Number of candidates by source, in the order of sources: those of a training plan, or of validation samples; the
     * sources of held-out users are included only if there are such users.
     */
    public Map<CandidateSource, Integer> sizes() {
        boolean validation = size(CandidateSource.VALIDATION) > 0;
        boolean holdsOut = size(CandidateSource.HELD_OUT) > 0;
        Map<CandidateSource, Integer> sizes = new LinkedHashMap<>();
        for (CandidateSource source : CandidateSource.values()) {
            boolean planned = switch (source) {
                case VALIDATION -> validation;
                case HELD_OUT, COMPARED -> holdsOut;
                case NEAREST, POPULAR, COLD_START, LONG_TAIL, RANDOM -> !validation;
            };
            if (planned) {
                sizes.put(source, size(source));
            }
        }
        return sizes;
    }

    private int size(CandidateSource source) {
        int size = 0;
        for (byte code : sources) {
            size += code == source.code() ? 1 : 0;
        }
        return size;
    }

    /** Hash of its dataset and of every candidate: equal for plans with the same candidates. */
    public String hash() {
        return new Sha256()
                .add(origin.datasetHash())
                .add(offsets)
                .add(items)
                .add(sources)
                .hex();
    }

    /** Writes the plan to a file, whole or not at all. */
    public void write(Path file) throws IOException {
        ColumnFile.write(
                file,
                FORMAT,
                origin,
                List.of(new ColumnFile.Ints(offsets), new ColumnFile.Ints(items), new ColumnFile.Bytes(sources)));
    }

    /**
     * Reads a plan that was made for this dataset.
     *
     * @throws InvalidInputException if the file is damaged, not a plan, or a plan for another dataset
     */
    public static CandidatePlan read(Path file, TrainingData data) throws IOException {
        CandidatePlan plan = read(file);
        Origin origin = plan.origin();
        if (!origin.datasetHash().equals(data.hash())) {
            throw new InvalidInputException(
                    file.toString(),
                    "is a plan for dataset '" + origin.dataset() + "' (" + origin.datasetHash() + "), not for '"
                            + data.name() + "' (" + data.hash() + "); plan again");
        }
        return plan;
    }

    /**
     * Reads a plan.
     *
     * @throws InvalidInputException if the file is damaged or not a plan
     */
    public static CandidatePlan read(Path file) throws IOException {
        ColumnFile.Contents<Origin> contents = ColumnFile.read(
                file, FORMAT, Origin.class, List.of(ColumnFile.Type.INTS, ColumnFile.Type.INTS, ColumnFile.Type.BYTES));
        try {
            return new CandidatePlan(contents.header(), contents.ints(0), contents.ints(1), contents.bytes(2));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(), "is not a plan: " + e.getMessage() + "; " + FORMAT.remedy());
        }
    }
}

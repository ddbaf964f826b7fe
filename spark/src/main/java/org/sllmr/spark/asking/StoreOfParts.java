// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.Reason;
import org.sllmr.llm.store.RunRecord;
import org.sllmr.llm.store.StoreOfTasks;
import org.sllmr.spark.session.Address;
import org.sllmr.teacher.plan.CandidatePlan;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The store of the answers to a plan's questions that tasks write to, as the driver sees it: a folder in any file system
 * that driver and executors share, with the plan, a record of each run, and a folder for each part of the users.
 */
final class StoreOfParts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;
    private static final String PLAN = "plan";
    private static final String UNFINISHED = ".unfinished";

    private final FileSystem files;
    private final Path root;
    private final Form form;

    /**
     * What never changes in a store.
     *
     * @param format version of the format
     * @param users number of users
     * @param partUsers users of each part but the last
     */
    record Form(int format, int users, int partUsers) {}

    private StoreOfParts(FileSystem files, Path root, Form form) {
        this.files = files;
        this.root = root;
        this.form = form;
    }

    /**
     * Opens a store, or creates one where nothing is.
     *
     * @param partUsers users of each part, if it is created
     * @throws InvalidInputException if something else is there, or it is of other users
     */
    static StoreOfParts open(String place, Configuration configuration, CandidatePlan plan, int partUsers)
            throws IOException {
        Path root = Address.of(place);
        FileSystem files = PartFolder.of(root, configuration).files();
        Path form = new Path(root, StoreOfTasks.FORM);
        if (!files.exists(form)) {
            if (files.exists(root) && !isUnfinished(files.listStatus(root))) {
                throw new InvalidInputException(
                        place, "has other files and no store of Spark's; name a new or empty folder");
            }
            files.mkdirs(root);
            java.nio.file.Path copy = Files.createTempFile("sllmr", ".plan");
            plan.write(copy);
            files.copyFromLocalFile(true, true, new Path(copy.toUri()), new Path(root, PLAN));
            write(files, form, JSON.writeValueAsBytes(new Form(FORMAT, plan.users(), partUsers)));
        }
        Form known = read(files, form, Form.class);
        if (known.format() != FORMAT || known.users() != plan.users()) {
            throw new InvalidInputException(
                    place,
                    "is of format " + known.format() + " for " + known.users() + " users, but this run is for "
                            + plan.users() + " users in format " + FORMAT + "; name another store");
        }
        return new StoreOfParts(files, root, known);
    }

    /** Whether a folder is empty, or has what is there of a store whose making was stopped. */
    private static boolean isUnfinished(FileStatus... there) {
        return Arrays.stream(there)
                .allMatch(file -> Set.of(PLAN, StoreOfTasks.FORM + UNFINISHED)
                        .contains(file.getPath().getName()));
    }

    /** The folder of a part. */
    static Path part(String place, int part) {
        return new Path(place, StoreOfTasks.part(part));
    }

    /** The attempts of a part, in no order. */
    List<StoredAttempt> attempts(int part) throws IOException {
        return new PartFolder(files, part(root.toString(), part)).read();
    }

    /**
     * Checks that the driver sees what executors wrote.
     *
     * @param part a part with answers
     * @throws InvalidInputException if it does not
     */
    void requireShared(int part) {
        try {
            if (attempts(part).isEmpty()) {
                throw new InvalidInputException(
                        root.toString(),
                        "is not the same folder for the driver and the executors, who kept the answers; name one in a file"
                                + " system that they share (--store)");
            }
        } catch (IOException e) {
            throw new InvalidInputException(root.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    /** Number of parts. */
    int parts() {
        return (int) (((long) form.users() + form.partUsers() - 1) / form.partUsers());
    }

    /** The first user of a part, or the number of users after the last one. */
    int first(int part) {
        return (int) Math.min(form.users(), (long) part * form.partUsers());
    }

    /** Every start of a run, oldest first. */
    List<RunRecord> runs() throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        for (int number = 1; files.exists(run(number)); number++) {
            runs.add(read(files, run(number), RunRecord.class));
        }
        return runs;
    }

    /**
     * Records that a run starts.
     *
     * @return its number, from 1
     * @throws InvalidInputException if the store has answers to other questions
     */
    int add(RunRecord record) throws IOException {
        List<RunRecord> runs = runs();
        if (!runs.isEmpty()) {
            runs.get(runs.size() - 1).origin().requireSame(record.origin(), root.toString());
        }
        write(files, run(runs.size() + 1), JSON.writeValueAsBytes(record));
        return runs.size() + 1;
    }

    /** Records what a run adapted to. */
    void adapted(int run, Map<String, String> adaptations) throws IOException {
        if (!adaptations.isEmpty()) {
            RunRecord known = read(files, run(run), RunRecord.class);
            RunRecord adapted = new RunRecord(
                    known.started(),
                    known.origin(),
                    known.address(),
                    known.passes(),
                    known.requests(),
                    known.promptPrice(),
                    known.replyPrice(),
                    known.budget(),
                    adaptations);
            files.delete(run(run), false);
            write(files, run(run), JSON.writeValueAsBytes(adapted));
        }
    }

    private Path run(int number) {
        return new Path(root, StoreOfTasks.run(number));
    }

    private static void write(FileSystem files, Path file, byte[] content) throws IOException {
        Path beside = file.suffix(UNFINISHED);
        try (FSDataOutputStream out = files.create(beside, true)) {
            out.write(content);
        }
        if (!files.rename(beside, file)) {
            throw new IOException(file + " could not be put in place of " + beside);
        }
    }

    private static <T> T read(FileSystem files, Path file, Class<T> type) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return JSON.readValue(in.readAllBytes(), type);
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    file.toString(), "is damaged: " + e.getOriginalMessage() + "; restore it, or use another store");
        }
    }
}

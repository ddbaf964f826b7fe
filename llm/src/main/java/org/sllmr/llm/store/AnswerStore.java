// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.RequestOrigin;
import org.sllmr.teacher.plan.CandidatePlan;

/**
 * A folder that keeps every attempt of the runs of one plan by one model, open for one run to add to.
 *
 * <p>An attempt goes to a journal, a file that is only appended to, and from there with many others into a DuckDB file.
 * So what was added is safe from the end of the process at once and from the end of the machine a tenth of a second later,
 * and the database is free for a {@link StoreReader} while a run goes on.
 */
public final class AnswerStore implements AutoCloseable {
    private final StoreFolder folder;
    private final FileChannel lock;
    private final int run;
    private final double spent;
    private final Journals journals;

    private AnswerStore(StoreFolder folder, FileChannel lock, CandidatePlan plan, RunRecord record)
            throws IOException, SQLException, DatabaseInUseException {
        this.folder = folder;
        this.lock = lock;
        if (!Files.exists(folder.database())) {
            // The plan first: a store is one as soon as it has its database.
            plan.write(folder.plan());
            Database.create(folder.database());
        }
        try (Database database = StoreFolder.patiently(() -> Database.open(folder.database()))) {
            checkOrigin(folder, database, record.origin());
            Journals.recover(folder, database);
            this.run = database.add(record);
            this.spent = database.spent();
            this.journals = new Journals(folder, database.merged() + 1);
        }
    }

    /**
     * Opens a store, or makes one in a folder that is empty or not there yet, and notes that a run starts.
     *
     * <p>What earlier runs left in journals is taken into the database first.
     *
     * @throws InvalidInputException if another run has it, it is damaged, or its answers are to other requests
     */
    public static AnswerStore open(Path path, CandidatePlan plan, RunRecord run) throws IOException {
        StoreFolder folder = new StoreFolder(path);
        folder.prepare();
        FileChannel lock = folder.lock();
        try {
            return new AnswerStore(folder, lock, plan, run);
        } catch (SQLException | DatabaseInUseException e) {
            lock.close();
            throw new InvalidInputException(path.toString(), "cannot be opened: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void checkOrigin(StoreFolder folder, Database database, RequestOrigin wanted) throws SQLException {
        List<RunRecord> runs = Runs.read(database.connection(), "run");
        if (runs.isEmpty()) {
            return;
        }
        RequestOrigin kept = runs.get(runs.size() - 1).origin();
        List<Problem> problems = new ArrayList<>();
        compare(problems, folder, "dataset", kept.datasetHash(), wanted.datasetHash());
        compare(problems, folder, "plan", kept.planHash(), wanted.planHash());
        compare(problems, folder, "form", kept.form(), wanted.form());
        compare(problems, folder, "wording", kept.formHash(), wanted.formHash());
        compare(problems, folder, "provider", kept.provider(), wanted.provider());
        compare(problems, folder, "model", kept.model(), wanted.model());
        compare(problems, folder, "model settings", kept.modelSettings(), wanted.modelSettings());
        compare(problems, folder, "candidates of a request", kept.candidates(), wanted.candidates());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static void compare(List<Problem> problems, StoreFolder folder, String what, Object kept, Object wanted) {
        if (!kept.equals(wanted)) {
            problems.add(new Problem(
                    folder.path().toString(),
                    "holds answers for the " + what + " " + kept + ", asked is for " + wanted
                            + "; ask as before, or name another store"));
        }
    }

    /** Whether a store is there. */
    public static boolean exists(Path path) {
        return Files.isRegularFile(new StoreFolder(path).database());
    }

    /** Where a store keeps the plan that is asked; {@link CandidatePlan} reads it. */
    public static Path plan(Path path) {
        return new StoreFolder(path).plan();
    }

    /** Where a store keeps the batches that are under way. */
    public static Path batches(Path path) {
        return new StoreFolder(path).batches();
    }

    /**
     * Notes what the server refused in this run and how it was asked instead; nothing is noted where that is nothing.
     *
     * @throws IOException if it cannot be kept
     */
    public void adapted(Map<String, String> adaptations) throws IOException {
        if (adaptations.isEmpty()) {
            return;
        }
        try (Database database = StoreFolder.patiently(() -> Database.open(folder.database()))) {
            Runs.adapted(database.connection(), run, adaptations);
        } catch (SQLException | DatabaseInUseException e) {
            throw new IOException(folder.path() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Money that the runs before this one cost. */
    public double spentBefore() {
        return spent;
    }

    /** Names every request that the runs before this one got an answer to. */
    public void forEachAnswered(Consumer<RequestKey> visitor) throws IOException {
        String sql = "SELECT key FROM attempt WHERE outcome = '" + Attempt.Answered.NAME + "'";
        try (Database database = StoreFolder.patiently(() -> Database.open(folder.database()));
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                visitor.accept(RequestKey.of(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw Database.unreadable(folder.database(), e);
        } catch (DatabaseInUseException e) {
            throw new IOException(folder.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Keeps an attempt; when this returns, the end of the process does not lose it any more. Safe for many threads.
     *
     * @throws IOException if it could not be kept, as on a full disk
     */
    public void add(Attempt attempt) throws IOException {
        journals.add(JournalEntry.of(run, attempt));
    }

    /**
     * Waits until what was added is safe from the end of the machine too.
     *
     * @throws IOException if something may not be kept
     */
    public void force() throws IOException {
        journals.force();
    }

    /**
     * Takes what is left into the database. If somebody reads that for long, it stays in a journal, where readers and the
     * next run find it.
     *
     * @throws IOException if something that was added may not be kept
     */
    @Override
    public void close() throws IOException {
        try {
            journals.close();
        } finally {
            lock.close();
        }
    }
}

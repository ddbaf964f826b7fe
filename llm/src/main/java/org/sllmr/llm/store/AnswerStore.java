// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.request.RequestOrigin;

/**
 * A folder with every attempt of the runs of one plan with one model, open for one run to add to.
 *
 * <p>An attempt is first appended to a journal, and later moved with many others into a DuckDB file. So an added
 * attempt survives the end of the process at once, and a crash of the machine after a tenth of a second; and a {@link
 * StoreReader} can use the database during a run.
 */
public final class AnswerStore implements AttemptStore {
    private final StoreFolder folder;
    private final FileChannel lock;
    private final int run;
    private final double spent;
    private final Journals journals;

    private AnswerStore(StoreFolder folder, FileChannel lock, PlanWriter plan, RunRecord record)
            throws IOException, SQLException, DatabaseInUseException {
        this.folder = folder;
        this.lock = lock;
        if (!Files.exists(folder.database())) {
            // The plan first, because a folder with a database counts as a store.
            plan.write(folder.plan());
            Database.create(folder.database());
        }
        try (Database database = StoreFolder.whenFree(() -> Database.open(folder.database()))) {
            checkOrigin(folder, database, record.origin());
            Journals.recover(folder, database);
            this.run = database.add(record);
            this.spent = database.spent();
            this.journals = new Journals(folder, database.merged() + 1);
        }
    }

    /** Writes the plan of a store. */
    @FunctionalInterface
    public interface PlanWriter {
        /** Writes it to a file, whole or not at all. */
        void write(Path file) throws IOException;
    }

    /**
     * Opens a store, or creates one in an empty or missing folder, and records that a run starts.
     *
     * <p>Journals of earlier runs are moved into the database first.
     *
     * @throws InvalidInputException if another run uses it, it is damaged, or its answers are to other requests
     */
    public static AnswerStore open(Path path, PlanWriter plan, RunRecord run) throws IOException {
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
        List<RunRecord> runs = RunTable.read(database.connection(), "run");
        if (runs.isEmpty()) {
            return;
        }
        runs.get(runs.size() - 1).origin().requireSame(wanted, folder.path().toString());
    }

    /** Whether a store exists. */
    public static boolean exists(Path path) {
        return Files.isRegularFile(new StoreFolder(path).database());
    }

    /** The file of a store's plan. */
    public static Path plan(Path path) {
        return new StoreFolder(path).plan();
    }

    /** The folder of a store's batches under way. */
    public static Path batches(Path path) {
        return new StoreFolder(path).batches();
    }

    @Override
    public void adapted(Map<String, String> adaptations) throws IOException {
        if (adaptations.isEmpty()) {
            return;
        }
        try (Database database = StoreFolder.whenFree(() -> Database.open(folder.database()))) {
            RunTable.adapted(database.connection(), run, adaptations);
        } catch (SQLException | DatabaseInUseException e) {
            throw new IOException(folder.path() + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public double spentBefore() {
        return spent;
    }

    @Override
    public void forEachAnswered(Consumer<RequestKey> visitor) throws IOException {
        String sql = "SELECT key FROM attempt WHERE outcome = '" + Attempt.Answered.NAME + "'";
        try (Database database = StoreFolder.whenFree(() -> Database.open(folder.database()));
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

    @Override
    public void forEachAnswer(AnswerVisitor visitor) throws IOException {
        String sql = "SELECT a.key, s.candidates, s.position, s.score FROM attempt a JOIN score s"
                + " ON a.\"user\" = s.\"user\" AND a.pass = s.pass AND a.chunk = s.chunk WHERE a.outcome = '"
                + Attempt.Answered.NAME + "' ORDER BY a.\"user\", a.pass, a.chunk, s.position";
        try (Database database = StoreFolder.whenFree(() -> Database.open(folder.database()));
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            float[] scores = {};
            while (rows.next()) {
                int position = rows.getInt(3);
                if (position == 0) {
                    scores = new float[rows.getInt(2)];
                }
                scores[position] = rows.getFloat(4);
                if (position == scores.length - 1) {
                    visitor.visit(RequestKey.of(rows.getString(1)), scores);
                }
            }
        } catch (SQLException e) {
            throw Database.unreadable(folder.database(), e);
        } catch (DatabaseInUseException e) {
            throw new IOException(folder.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void add(Attempt attempt) throws IOException {
        journals.add(JournalEntry.of(run, attempt));
    }

    /**
     * Waits until everything that was added survives a crash of the machine.
     *
     * @throws IOException if something may be lost
     */
    public void force() throws IOException {
        journals.force();
    }

    /**
     * Moves the rest into the database. If the database is in use for long, the rest stays in a journal, where readers
     * and the next run find it.
     *
     * @throws IOException if something that was added may be lost
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

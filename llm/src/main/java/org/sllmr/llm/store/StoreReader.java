// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.database.DuckDb;
import org.sllmr.llm.Reply;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.text.TextKind;
import org.sllmr.teacher.text.TextPlan;

/**
 * Reads a store, even during a run or after one was killed: attempts in journals count like those in the database.
 *
 * <p>A run cannot write to the database until the reader is closed, so it should not be open for long.
 */
public final class StoreReader implements ScoreSource, AutoCloseable {
    private final StoreFolder folder;
    private final Optional<StoreOfTasks> ofTasks;
    private final Connection connection;

    private StoreReader(StoreFolder folder, Optional<StoreOfTasks> ofTasks, Connection connection) {
        this.folder = folder;
        this.ofTasks = ofTasks;
        this.connection = connection;
    }

    /** Whether a folder has a store, of one machine or of tasks on Spark. */
    public static boolean isStore(Path path) {
        return AnswerStore.exists(path) || new StoreOfTasks(path).exists();
    }

    /**
     * Opens a store, of one machine or of tasks on Spark.
     *
     * @throws InvalidInputException if there is no store, or it is damaged
     */
    public static StoreReader open(Path path) throws IOException {
        StoreFolder folder = new StoreFolder(path);
        StoreOfTasks ofTasks = new StoreOfTasks(path);
        if (ofTasks.exists()) {
            return view(folder, ofTasks);
        }
        folder.check();
        try {
            return StoreFolder.whenFree(() -> attach(folder));
        } catch (DatabaseInUseException e) {
            throw new InvalidInputException(
                    folder.database().toString(), "is open in another program; close it there and try again");
        }
    }

    private static StoreReader view(StoreFolder folder, StoreOfTasks ofTasks) throws IOException {
        try {
            Connection connection = DuckDb.inMemory();
            try {
                ofTasks.view(connection);
                return new StoreReader(folder, Optional.of(ofTasks), connection);
            } catch (SQLException | IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.unreadable(folder.path(), e);
        }
    }

    private static StoreReader attach(StoreFolder folder) throws IOException, DatabaseInUseException {
        try {
            Connection connection = DuckDb.inMemory();
            try (Statement statement = connection.createStatement()) {
                DuckDb.attachForReading(connection, folder.database(), "kept");
                Database.checkFormat(folder.database(), connection, "kept.store");
                statement.execute(Tables.attempt("journal_attempt"));
                statement.execute(Tables.score("journal_score"));
                long merged;
                try (ResultSet rows = statement.executeQuery("SELECT merged FROM kept.store")) {
                    rows.next();
                    merged = rows.getLong(1);
                }
                for (long number : Journal.numbers(folder.path())) {
                    if (number > merged) {
                        EntryAppender.append(
                                connection.unwrap(DuckDBConnection.class),
                                "journal_attempt",
                                "journal_score",
                                Journal.read(Journal.file(folder.path(), number)));
                    }
                }
                for (String table : List.of("attempt", "score")) {
                    statement.execute("CREATE VIEW " + table + " AS SELECT * FROM kept." + table
                            + " UNION ALL SELECT * FROM journal_" + table);
                }
                return new StoreReader(folder, Optional.empty(), connection);
            } catch (SQLException | IOException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Database.failure(folder.database(), e);
        }
    }

    /** The kind of the store's texts; empty if it has scores. */
    public Optional<TextKind> texts() throws IOException {
        List<RunRecord> runs = runs();
        return TextKind.named(runs.get(runs.size() - 1).origin().form().split("/", -1)[0]);
    }

    /** Whether questions were windows of one list, so that those after the first are not shuffled. */
    static boolean windows(List<RunRecord> runs) {
        return runs.get(runs.size() - 1).origin().form().startsWith("sliding-window/");
    }

    /**
     * The plan of a store of scores.
     *
     * @throws InvalidInputException if the store has texts
     */
    @Override
    public CandidatePlan plan() throws IOException {
        Optional<TextKind> kind = texts();
        if (kind.isPresent()) {
            throw new InvalidInputException(
                    folder.path().toString(),
                    "has texts of the kind " + kind.get()
                            + ", no scores; 'sllmr score texts --export' writes them to a file");
        }
        return CandidatePlan.read(folder.plan());
    }

    /** The plan of a store of texts. */
    TextPlan textPlan() throws IOException {
        return TextPlan.read(folder.plan());
    }

    /** Visits a usable reply. */
    @FunctionalInterface
    interface ReplyVisitor {
        /** Receives a reply; {@code chunk} is that of its request. */
        void visit(int chunk, Reply reply);
    }

    /** Visits every usable reply, by the chunk of its request. */
    void forEachReply(ReplyVisitor visitor) throws IOException {
        query(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT chunk, text FROM attempt WHERE outcome = '"
                            + Attempt.Answered.NAME + "' ORDER BY chunk, run, number")) {
                while (rows.next()) {
                    visitor.visit(
                            rows.getInt(1), new Reply(rows.getString(2), Reply.Finish.COMPLETE, -1, -1, List.of()));
                }
            }
            return true;
        });
    }

    @Override
    public List<RunRecord> runs() throws IOException {
        return ofTasks.isPresent() ? ofTasks.get().runs() : query(() -> RunTable.read(connection, "kept.run"));
    }

    /** Visits the key of every request that has an answer. */
    public void forEachAnswered(Consumer<RequestKey> visitor) throws IOException {
        query(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT key FROM attempt WHERE outcome = '" + Attempt.Answered.NAME + "'")) {
                while (rows.next()) {
                    visitor.accept(RequestKey.of(rows.getString(1)));
                }
            }
            return true;
        });
    }

    @Override
    public void forEachScore(ScoreVisitor visitor) throws IOException {
        query(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT \"user\", item, pass, score FROM score ORDER BY \"user\", item, pass")) {
                while (rows.next()) {
                    visitor.visit(rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getFloat(4));
                }
            }
            return true;
        });
    }

    @Override
    public void forEachList(ListVisitor visitor) throws IOException {
        query(() -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT \"user\", pass, chunk, candidates, position, item, score FROM score"
                                    + " ORDER BY \"user\", pass, chunk, position")) {
                int[] items = {};
                float[] scores = {};
                while (rows.next()) {
                    int position = rows.getInt(5);
                    if (position == 0) {
                        items = new int[rows.getInt(4)];
                        scores = new float[items.length];
                    }
                    items[position] = rows.getInt(6);
                    scores[position] = rows.getFloat(7);
                    if (position == items.length - 1) {
                        visitor.visit(rows.getInt(1), rows.getInt(2), rows.getInt(3), items, scores);
                    }
                }
            }
            return true;
        });
    }

    /** Summarizes the store. */
    public StoreSummary summary() throws IOException {
        List<RunRecord> runs = runs();
        Optional<Boolean> running = ofTasks.isPresent() ? Optional.empty() : Optional.of(folder.locked());
        return query(() -> SummaryQuery.of(connection, running, runs, windows(runs)));
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private <T> T query(Query<T> query) throws IOException {
        try {
            return query.run();
        } catch (SQLException e) {
            throw Database.unreadable(ofTasks.isPresent() ? folder.path() : folder.database(), e);
        }
    }

    @Override
    public void close() throws IOException {
        query(() -> {
            connection.close();
            return true;
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.database.DuckDb;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store that tasks of a cluster write, if its files are on this machine: the plan, a record of each run, and a folder for
 * each part of the users. There a {@linkplain #JOURNAL journal} is followed by a {@linkplain #TABLE table} with its
 * attempts; it counts until there is one whose numbers include its own.
 *
 * @param path the folder
 */
public record StoreOfTasks(Path path) {
    /** The file that tells a store from other folders. */
    public static final String FORM = "store.json";

    /** Names of files with attempts as lines. */
    public static final Pattern JOURNAL = Pattern.compile("journal-([0-9]{6})");

    /** Names of Parquet files; the number is that of the last journal in it. */
    public static final Pattern TABLE = Pattern.compile("attempts-[0-9]{6}-([0-9]{6})\\.parquet");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PARTS = "parts";
    /** A journal is gone if its task has made a table of it meanwhile. */
    private static final int MOST_READINGS = 10;

    private static final String COLUMNS = "run, key, \"user\", pass, chunk, number, latency_ms, cost, outcome, text,"
            + " prompt_tokens, reply_tokens";

    /** Name of the record of a run. */
    public static String run(int number) {
        return String.format(Locale.ROOT, "run-%06d.json", number);
    }

    /** Name of the folder of a part. */
    public static String part(int part) {
        return String.format(Locale.ROOT, PARTS + "/part-%05d", part);
    }

    boolean exists() {
        return Files.isRegularFile(path.resolve(FORM));
    }

    Path plan() {
        return path.resolve("plan");
    }

    List<RunRecord> runs() throws IOException {
        List<RunRecord> runs = new ArrayList<>();
        for (int number = 1; Files.exists(path.resolve(run(number))); number++) {
            Path file = path.resolve(run(number));
            try {
                runs.add(JSON.readValue(InputFile.bytes(file), RunRecord.class));
            } catch (JacksonException e) {
                throw new InvalidInputException(
                        file.toString(), "is damaged: " + e.getOriginalMessage() + "; restore it from a copy");
            }
        }
        if (runs.isEmpty()) {
            throw new InvalidInputException(path.toString(), "has no run yet; wait for 'sllmr spark score' to begin");
        }
        return runs;
    }

    /** The attempts at one moment. */
    private record Found(List<Path> tables, List<JournalEntry> entries) {}

    /** Makes {@code attempt} and {@code score}, with those columns of a store's tables that are read. */
    void view(Connection connection) throws IOException, SQLException {
        Found found = read();
        try (Statement statement = connection.createStatement()) {
            statement.execute(Tables.attempt("journal_attempt"));
            statement.execute(Tables.score("journal_score"));
            EntryAppender.append(
                    connection.unwrap(DuckDBConnection.class), "journal_attempt", "journal_score", found.entries);
            String tables = found.tables.isEmpty() ? "" : DuckDb.parquet(found.tables);
            statement.execute("CREATE VIEW attempt AS SELECT " + COLUMNS + " FROM journal_attempt"
                    + (tables.isEmpty() ? "" : " UNION ALL SELECT " + COLUMNS + " FROM " + tables));
            statement.execute("CREATE VIEW score AS SELECT \"user\", item, pass, chunk, position, candidates, score"
                    + " FROM journal_score"
                    + (tables.isEmpty()
                            ? ""
                            : " UNION ALL SELECT \"user\", unnest(candidates), pass, chunk,"
                                    + " unnest(range(len(candidates)))::INTEGER, len(candidates)::INTEGER, unnest(scores)"
                                    + " FROM " + tables + " WHERE len(scores) > 0"));
        }
    }

    private Found read() throws IOException {
        for (int reading = 1; ; reading++) {
            try {
                List<Path> tables = new ArrayList<>();
                List<JournalEntry> entries = new ArrayList<>();
                for (Path part : files(path.resolve(PARTS))) {
                    TreeMap<Integer, Path> ofPart = numbered(part, TABLE);
                    tables.addAll(ofPart.values());
                    int last = ofPart.isEmpty() ? 0 : ofPart.lastKey();
                    for (Path journal :
                            numbered(part, JOURNAL).tailMap(last, false).values()) {
                        entries.addAll(JournalLines.read(journal.toString(), InputFile.bytes(journal), 0, 1));
                    }
                }
                return new Found(tables, entries);
            } catch (IOException e) {
                if (reading == MOST_READINGS) {
                    throw e;
                }
            }
        }
    }

    private static TreeMap<Integer, Path> numbered(Path part, Pattern kind) throws IOException {
        TreeMap<Integer, Path> numbered = new TreeMap<>();
        for (Path file : files(part)) {
            Matcher name = kind.matcher(file.getFileName().toString());
            if (name.matches()) {
                numbered.put(Integer.parseInt(name.group(1)), file);
            }
        }
        return numbered;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

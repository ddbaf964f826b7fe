// SPDX-License-Identifier: Apache-2.0
package org.sllmr.serving.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.sllmr.bundle.Recommendations;
import org.sllmr.bundle.Recommender;
import org.sllmr.bundle.Request;
import org.sllmr.bundle.RequestRules;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.WholeFile;
import org.sllmr.database.DuckDb;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recommends to many users. What is done is kept in a folder beside the file, in parts that are written whole, so that a
 * stopped job goes on where it was; the file appears when all is done, with the same bytes.
 */
public final class BatchRecommendation {
    /** Users of a part. */
    private static final int PART = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Recommender recommender;
    private final List<String> users;
    private final RequestRules rules;
    private final Path out;
    private final Path parts;

    /**
     * One line of the file.
     *
     * @param user the user's id
     * @param items the recommendations, the best first
     */
    record Line(String user, List<Scored> items) {}

    /** A recommendation. */
    record Scored(String item, float score) {}

    /**
     * A job.
     *
     * @param users ids of the users
     * @param rules number of recommendations of each, and what holds for them
     * @param out the file; Parquet if its name ends with {@code .parquet}, else JSON lines
     */
    public BatchRecommendation(Recommender recommender, List<String> users, RequestRules rules, Path out) {
        this.recommender = recommender.inCallingThread();
        this.users = List.copyOf(users);
        this.rules = rules;
        this.out = out.toAbsolutePath().normalize();
        this.parts = this.out.resolveSibling(this.out.getFileName() + ".parts");
    }

    /** The folder that keeps what is done until all is. */
    public Path parts() {
        return parts;
    }

    /**
     * Recommends to all users and writes the file.
     *
     * @param listener told of users done
     * @return number of users that an earlier job had done
     * @throws InvalidInputException if the file exists, or another job's parts are beside it
     * @throws InterruptedException if the thread was interrupted; what is done is kept
     */
    public int run(int threads, ProgressListener listener) throws IOException, InterruptedException {
        if (Files.exists(out)) {
            throw new InvalidInputException(out.toString(), "exists already; name another file, or delete it");
        }
        begin();
        int count = (users.size() + PART - 1) / PART;
        List<Integer> missing = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (!Files.exists(part(number))) {
                missing.add(number);
            }
        }
        int before = users.size() - missing.stream().mapToInt(this::usersOf).sum();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger(before);
        AtomicBoolean stopped = new AtomicBoolean();
        try (Workers workers = new Workers(threads, "recommending")) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                tasks.add(() -> {
                    for (int at = next.getAndIncrement();
                            at < missing.size() && !stopped.get();
                            at = next.getAndIncrement()) {
                        write(missing.get(at), stopped, done, listener);
                    }
                    return true;
                });
            }
            try {
                workers.all(tasks);
            } finally {
                stopped.set(true);
            }
        }
        if (out.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")) {
            WholeFile.write(out, beside -> parquet(beside, count));
        } else {
            WholeFile.write(out, beside -> lines(beside, count));
        }
        Folders.delete(parts);
        return before;
    }

    /** How many users a part has: the last one may have fewer. */
    private int usersOf(int part) {
        return Math.min(PART, users.size() - part * PART);
    }

    private Path part(int number) {
        return parts.resolve(String.format(Locale.ROOT, "part-%07d.jsonl", number));
    }

    /** Makes the folder of parts, or checks that it is of this job. */
    private void begin() throws IOException {
        Sha256 hash = new Sha256().add(recommender.hash()).add(rules.k()).add(rules.seen() ? 1 : 0);
        users.forEach(hash::add);
        if (!rules.equals(RequestRules.of(rules.k(), rules.seen()))) {
            hash.add(sorted(rules.allow())).add(sorted(rules.deny())).add(new TreeMap<>(rules.shares()).toString());
        }
        String job = hash.hex() + "\n";
        Path file = parts.resolve("job");
        if (Files.exists(file)) {
            if (!new String(InputFile.bytes(file), StandardCharsets.UTF_8).equals(job)) {
                throw new InvalidInputException(
                        parts.toString(),
                        "holds what was done of another job: another bundle, other users or other options; finish that"
                                + " one, or delete the folder");
            }
        } else {
            WholeFile.write(file, job);
        }
    }

    private static String sorted(Map<String, Set<String>> rule) {
        TreeMap<String, Set<String>> sorted = new TreeMap<>();
        rule.forEach((field, values) -> sorted.put(field, new TreeSet<>(values)));
        return sorted.toString();
    }

    private void write(int number, AtomicBoolean stopped, AtomicInteger done, ProgressListener listener)
            throws IOException, InterruptedException {
        StringBuilder lines = new StringBuilder();
        int from = number * PART;
        for (int user = from; user < from + usersOf(number); user++) {
            if (stopped.get() || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("stopped");
            }
            Recommendations answer = recommender.recommend(rules.of(Request.ofUser(users.get(user))));
            List<Scored> scored = answer.items().stream()
                    .map(item -> new Scored(item.item(), item.score()))
                    .toList();
            lines.append(JSON.writeValueAsString(new Line(users.get(user), scored)))
                    .append('\n');
            int all = done.incrementAndGet();
            synchronized (listener) {
                listener.progressed("recommending", all, users.size());
            }
        }
        WholeFile.write(part(number), lines.toString());
    }

    private void lines(Path file, int count) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            for (int number = 0; number < count; number++) {
                Files.copy(part(number), stream);
            }
        }
    }

    private void parquet(Path file, int count) throws IOException {
        try (Connection connection = DuckDb.inMemory();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE recommendations (\"user\" VARCHAR, \"rank\" INTEGER, item VARCHAR, score FLOAT)");
            try (DuckDBAppender appender =
                    connection.unwrap(DuckDBConnection.class).createAppender("recommendations")) {
                for (int number = 0; number < count; number++) {
                    append(number, appender);
                }
            }
            DuckDb.writeParquet(connection, "recommendations", file);
        } catch (SQLException e) {
            throw new IOException(Reason.of(new IOException(e.getMessage())), e);
        }
    }

    private void append(int number, DuckDBAppender appender) throws IOException, SQLException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(InputFile.stream(part(number)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                JsonNode json = JSON.readTree(line);
                int rank = 1;
                for (JsonNode item : json.path("items")) {
                    appender.beginRow();
                    appender.append(json.path("user").asString());
                    appender.append(rank++);
                    appender.append(item.path("item").asString());
                    appender.append((float) item.path("score").asDouble());
                    appender.endRow();
                }
            }
        }
    }
}

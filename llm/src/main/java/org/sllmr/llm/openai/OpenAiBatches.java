// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchError;
import com.openai.models.batches.BatchRequestCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;
import org.sllmr.llm.batch.BatchCollector;
import org.sllmr.llm.batch.BatchListener;
import org.sllmr.llm.batch.BatchOutcome;
import org.sllmr.llm.batch.BatchRequest;
import org.sllmr.llm.batch.BatchTeacher;
import org.sllmr.llm.batch.BatchesUnderWay;

/** OpenAI's Batch API: a file of questions is uploaded, processed within a day, and its answers are downloaded. */
public final class OpenAiBatches implements BatchTeacher {
    /** Maximum size of the answers to a batch. */
    private static final int MAX_BYTES = 1 << 30;

    private static final int MEGABYTE = 1 << 20;
    private static final Set<String> ENDED = Set.of("completed", "expired", "cancelled", "failed");

    private final BatchSettings settings;
    private final OpenAIClient client;
    private final BatchApi api;
    private final BatchLines lines;
    private final DialectLearner learner;
    private final Failures failures;
    private final Duration pause;

    private OpenAiBatches(OpenAiSettings model, BatchSettings settings, ApiKey key) {
        Proxies proxies = Proxies.of(System.getenv());
        this.settings = settings;
        this.client = Connection.open(model, key, MAX_BYTES, proxies);
        this.failures = new Failures(key, Clock.systemUTC(), model.baseUrl(), proxies);
        this.pause = Duration.ofMillis((long) Math.ceil(settings.pollSeconds() * 1000));
        this.api = new BatchApi(client, failures, pause);
        this.learner = new DialectLearner(model);
        this.lines = new BatchLines(new ChatExchange(model, failures), failures, learner);
    }

    /** Batches for a model. Nothing is sent yet. */
    public static OpenAiBatches open(OpenAiSettings model, BatchSettings settings, ApiKey key) {
        return new OpenAiBatches(model, settings, key);
    }

    /** Whether a folder has batches that are not collected yet. */
    public static boolean underWay(Path folder) {
        return BatchFolder.holdsAny(folder);
    }

    /**
     * Counts the batches of a folder that are not collected yet; also possible during a run. Nothing is sent to the
     * provider.
     *
     * @throws InvalidInputException if their list is damaged
     */
    public static BatchesUnderWay count(Path folder) throws IOException {
        List<BatchFolder.Open> open = BatchFolder.read(folder);
        return new BatchesUnderWay(
                open.size(),
                open.stream().mapToInt(BatchFolder.Open::requests).sum(),
                open.stream().flatMap(batch -> batch.since().stream()).min(Comparator.naturalOrder()));
    }

    @Override
    public void ask(List<BatchRequest> requests, Path folder, BatchListener listener, BatchCollector collector)
            throws ProviderException, IOException, InterruptedException {
        BatchFolder batches = BatchFolder.open(folder);
        add(requests, batches);
        for (BatchFolder.Open batch : batches.open()) {
            submit(batch, batches);
        }
        LateFiles late = new LateFiles(Duration.ofMillis((long) (60_000 * settings.fileWaitMinutes())));
        while (!batches.open().isEmpty()) {
            int open = look(batches, listener, collector, late);
            if (open > 0 && late.expired() == open) {
                throw failures.failed(Kind.MALFORMED, late.message(), Optional.empty());
            } else if (open > 0) {
                Thread.sleep(pause.toMillis());
            }
        }
    }

    @Override
    public Map<String, String> adaptations() {
        return learner.adaptations();
    }

    private void add(List<BatchRequest> requests, BatchFolder batches) throws IOException {
        Set<String> asked = new HashSet<>();
        for (BatchFolder.Open open : batches.open()) {
            asked.addAll(batches.keys(open));
        }
        Set<String> given = new HashSet<>();
        List<String> questions = new ArrayList<>();
        long bytes = 0;
        for (BatchRequest request : requests) {
            if (!given.add(request.key())) {
                throw new IllegalArgumentException("two questions have the key '" + request.key() + "'");
            }
            if (!asked.contains(request.key())) {
                String question = lines.question(request);
                int size = question.getBytes(StandardCharsets.UTF_8).length + 1;
                boolean full = questions.size() == settings.maxRequests()
                        || bytes + size > (long) settings.maxMegabytes() * MEGABYTE;
                if (full && !questions.isEmpty()) {
                    batches.add(questions);
                    questions.clear();
                    bytes = 0;
                }
                questions.add(question);
                bytes += size;
            }
        }
        if (!questions.isEmpty()) {
            batches.add(questions);
        }
    }

    private void submit(BatchFolder.Open batch, BatchFolder batches)
            throws ProviderException, IOException, InterruptedException {
        BatchFolder.Open now = batch;
        if (now.file().isEmpty()) {
            String file = api.upload(batches.questions(now.name()));
            now = batches.replace(now, now.uploaded(file));
        }
        if (now.batch().isEmpty()) {
            String id = api.findOrCreate(now.name(), now.file());
            batches.replace(now, now.made(id));
        }
    }

    /** Polls every batch once, collects those whose answers are available, and returns the number of the others. */
    private int look(BatchFolder batches, BatchListener listener, BatchCollector collector, LateFiles late)
            throws ProviderException, IOException, InterruptedException {
        int open = 0;
        long done = 0;
        long total = 0;
        for (BatchFolder.Open batch : batches.open()) {
            Batch seen = api.look(batch.batch());
            total += batch.requests();
            Optional<Map<String, BatchOutcome>> answered =
                    ENDED.contains(seen.status().asString()) ? answered(seen, batches.first(batch)) : Optional.empty();
            if (answered.isPresent()) {
                collector.collect(outcomes(seen, batches.keys(batch), answered.get()));
                batches.remove(batch);
                late.remove(seen.id());
                done += batch.requests();
            } else {
                if (ENDED.contains(seen.status().asString())) {
                    late.add(seen.id());
                }
                open++;
                done += seen.requestCounts().map(OpenAiBatches::done).orElse(0L);
            }
        }
        listener.looked(open, done, total);
        return open;
    }

    /**
     * The outcomes in the files of an ended batch; empty while answers are missing.
     *
     * <p>Answers of a batch are paid for, so they must not be asked for again when the file is late.
     */
    private Optional<Map<String, BatchOutcome>> answered(Batch batch, String question)
            throws ProviderException, IOException, InterruptedException {
        Dialect asked = lines.dialect(question);
        Map<String, BatchOutcome> known = new HashMap<>();
        int fromOutput = 0;
        boolean read = false;
        for (Optional<String> file : List.of(batch.outputFileId(), batch.errorFileId())) {
            if (file.isPresent() && !file.get().isBlank()) {
                Optional<List<String>> content = api.download(file.get());
                if (content.isEmpty()) {
                    return Optional.empty();
                }
                read = true;
                for (String line : content.get()) {
                    lines.outcome(line, asked).ifPresent(outcome -> known.putIfAbsent(outcome.key(), outcome));
                }
            }
            fromOutput = file.equals(batch.outputFileId()) ? known.size() : fromOutput;
        }
        return isComplete(batch, read, fromOutput, known.size()) ? Optional.of(known) : Optional.empty();
    }

    private static boolean isComplete(Batch batch, boolean read, int fromOutput, int known) {
        String status = batch.status().asString();
        long answered = batch.requestCounts().map(BatchRequestCounts::completed).orElse(0L);
        long done = batch.requestCounts().map(OpenAiBatches::done).orElse(0L);
        long total = batch.requestCounts().map(BatchRequestCounts::total).orElse(0L);
        if (status.equals("failed")) {
            // It was never started.
            return true;
        }
        if (status.equals("completed") && done == 0 && known == 0) {
            // Counts and files may be late, so that neither alone says that there are no outcomes.
            return read && total > 0;
        }
        return fromOutput >= answered || known >= Math.min(total, done);
    }

    private static long done(BatchRequestCounts counts) {
        return counts.completed() + counts.failed();
    }

    private List<BatchOutcome> outcomes(Batch batch, Set<String> keys, Map<String, BatchOutcome> known) {
        BatchOutcome.Failed rest = missing(batch);
        List<BatchOutcome> outcomes = new ArrayList<>();
        for (String key : keys) {
            BatchOutcome outcome = known.get(key);
            outcomes.add(
                    outcome == null
                            ? new BatchOutcome.Failed(key, rest.kind(), rest.message(), Optional.empty())
                            : outcome);
        }
        return outcomes;
    }

    /** The outcome of questions that are in no file of a batch. */
    private BatchOutcome.Failed missing(Batch batch) {
        String status = batch.status().asString();
        Optional<BatchError> error = batch.errors()
                .flatMap(Batch.Errors::data)
                .flatMap(all -> all.stream().findFirst());
        Kind kind = switch (status) {
            case "expired" -> Kind.TIMEOUT;
            case "failed" ->
                error.flatMap(BatchError::code).map(BatchLines::kind).orElse(Kind.REJECTED);
            case "cancelled" -> Kind.SERVER;
            default -> Kind.MALFORMED;
        };
        String message = "batch " + batch.id() + " is " + status
                + error.flatMap(BatchError::message)
                        .map(text -> ": " + text)
                        .orElse(" without an outcome for this question");
        return new BatchOutcome.Failed(
                "",
                kind,
                String.valueOf(failures.failed(kind, message, Optional.empty()).getMessage()),
                Optional.empty());
    }

    @Override
    public void close() {
        client.close();
    }
}

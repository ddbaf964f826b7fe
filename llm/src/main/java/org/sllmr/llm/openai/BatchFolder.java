// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The batches that are not collected yet, on disk: a list of them and each one's questions.
 *
 * <p>Every step is written down before the next one is taken, so that whoever comes after a crash knows what was paid.
 */
final class BatchFolder {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UNKNOWN =
            "so it is not known which batches are under way; look at the provider which" + " are, then remove it";

    private final Path folder;
    private final List<Open> open = new ArrayList<>();

    /**
     * One batch.
     *
     * @param name hash of its questions and of when they were asked; also the name of its file here, and how it is found
     *     again at the provider
     * @param requests number of its questions
     * @param since when it was written down; empty in lists that do not tell
     * @param file id of the uploaded questions, "" before that
     * @param batch id of the batch, "" before it was made
     */
    record Open(String name, int requests, Optional<Instant> since, String file, String batch) {
        Open uploaded(String id) {
            return new Open(name, requests, since, id, batch);
        }

        Open made(String id) {
            return new Open(name, requests, since, file, id);
        }
    }

    private record State(List<Open> open) {}

    private BatchFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @throws InvalidInputException if its list is damaged
     */
    static BatchFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        BatchFolder opened = new BatchFolder(folder.toAbsolutePath());
        opened.open.addAll(read(opened.folder));
        return opened;
    }

    /**
     * The batches of a folder that are not collected yet; also while a run works there.
     *
     * @throws InvalidInputException if its list is damaged
     */
    static List<Open> read(Path folder) throws IOException {
        Path list = list(folder);
        try {
            String text = SealedText.JSON.read(list, UNKNOWN);
            return List.copyOf(JSON.readValue(text, State.class).open());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (JacksonException | NullPointerException e) {
            throw new InvalidInputException(list.toString(), "is damaged; " + UNKNOWN);
        }
    }

    /** The batches that are not collected yet. */
    List<Open> open() {
        return List.copyOf(open);
    }

    /** Adds a batch of these lines, one question each. */
    void add(List<String> lines) throws IOException {
        // The moment too: questions that are asked again, after a wrong answer, are another batch.
        Instant now = Instant.now();
        Sha256 hash = new Sha256()
                .add(now.toString())
                .add(Long.toString(ProcessHandle.current().pid()))
                .add(Long.toString(System.nanoTime()));
        lines.forEach(hash::add);
        String name = hash.hex();
        WholeFile.write(questions(name), String.join("\n", lines) + "\n");
        open.add(new Open(name, lines.size(), Optional.of(now), "", ""));
        save();
    }

    /** Writes down what is now known of a batch. */
    Open replace(Open before, Open after) throws IOException {
        open.set(open.indexOf(before), after);
        save();
        return after;
    }

    /** Forgets a batch whose outcomes were handed over. */
    void remove(Open collected) throws IOException {
        open.remove(collected);
        save();
        Files.deleteIfExists(questions(collected.name()));
    }

    /** The file of a batch's questions. */
    Path questions(String name) {
        return folder.resolve("batch-" + name.substring(0, 16) + ".jsonl");
    }

    /** The first of a batch's questions. */
    String first(Open batch) throws IOException {
        try (Stream<String> lines = Files.lines(questions(batch.name()), StandardCharsets.UTF_8)) {
            return lines.findFirst().orElseThrow();
        }
    }

    /** Keys of a batch's questions. */
    Set<String> keys(Open batch) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        for (String line : Files.readAllLines(questions(batch.name()), StandardCharsets.UTF_8)) {
            keys.add(JSON.readTree(line).path("custom_id").asString());
        }
        return keys;
    }

    /** Whether a folder holds batches that are not collected yet. */
    static boolean holdsAny(Path folder) {
        return Files.exists(list(folder));
    }

    private static Path list(Path folder) {
        return folder.resolve("batches.json");
    }

    private void save() throws IOException {
        if (open.isEmpty()) {
            Files.deleteIfExists(list(folder));
        } else {
            SealedText.JSON.write(list(folder), JSON.writeValueAsString(new State(open)));
        }
    }
}

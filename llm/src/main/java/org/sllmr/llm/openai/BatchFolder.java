// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.file.Sha256;
import org.sllmr.data.file.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of the batches that are not collected yet: a list, and the questions of each.
 *
 * <p>Every step is recorded before the next one, so that it is known after a crash what was paid for.
 */
final class BatchFolder {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String UNKNOWN =
            "so it is unknown which batches are under way; check at the provider, then remove it";

    private final Path folder;
    private final List<Open> open = new ArrayList<>();

    /**
     * A batch.
     *
     * @param name hash of its questions and creation time; part of its file name, and identifies it at the provider
     * @param requests number of its questions
     * @param since when it was created; empty in lists of earlier versions
     * @param file id of the uploaded file, "" before
     * @param batch id of the batch, "" before it was created
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
     * Opens a folder, which is created if missing.
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
     * The batches of a folder that are not collected yet; also possible during a run.
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

    /** Adds a batch of lines, each with one question. */
    void add(List<String> lines) throws IOException {
        // With the time: the same questions, asked again after unusable answers, are another batch.
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

    /** Records a new state of a batch. */
    Open replace(Open before, Open after) throws IOException {
        open.set(open.indexOf(before), after);
        save();
        return after;
    }

    /** Removes a batch whose outcomes were delivered. */
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
        try (BufferedReader lines = lines(batch)) {
            return lines.lines().findFirst().orElseThrow();
        }
    }

    /** Keys of a batch's questions. */
    Set<String> keys(Open batch) throws IOException {
        Set<String> keys = new LinkedHashSet<>();
        try (BufferedReader lines = lines(batch)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keys.add(JSON.readTree(line).path("custom_id").asString());
            }
        }
        return keys;
    }

    private BufferedReader lines(Open batch) throws IOException {
        return new BufferedReader(
                new InputStreamReader(InputFile.stream(questions(batch.name())), StandardCharsets.UTF_8.newDecoder()));
    }

    /** Whether a folder has batches that are not collected yet. */
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

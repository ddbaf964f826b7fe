// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.CsvCell;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.SealedText;
import org.sllmr.data.file.WholeFile;
import org.sllmr.runs.Fingerprint;
import org.sllmr.training.checkpoint.CheckpointFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a search.
 *
 * <pre>
 * search.yaml         everything that decides the search's results: settings, ranges, data, teacher's scores
 * trials/N/           a trial's result in each rung, and checkpoints while it may continue
 * trials.csv          all trials, best first
 * best.yaml           the best configuration, ready to train
 * </pre>
 *
 * @param path its path
 */
record SearchFolder(Path path) {
    private static final String HEADING = "# All that decides what this search finds.\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    Path best() {
        return path.resolve("best.yaml");
    }

    Path table() {
        return path.resolve("trials.csv");
    }

    private Path trial(Trial trial) {
        return path.resolve("trials").resolve(Integer.toString(trial.number()));
    }

    Path checkpoint(Trial trial, long seed) {
        return trial(trial).resolve("seed-" + seed + ".checkpoint");
    }

    private Path result(Trial trial, int rung) {
        return trial(trial).resolve("rung-" + rung + ".json");
    }

    /**
     * Begins or resumes a search.
     *
     * @throws InvalidInputException if the folder holds another search, naming what differs
     */
    void begin(Fingerprint search) {
        Path file = path.resolve("search.yaml");
        if (Files.exists(file)) {
            String there = read(file, SealedText.YAML, "give another --out, or delete the folder");
            String differences = there.startsWith(HEADING)
                    ? search.differences(Fingerprint.read(there))
                    : "the version of this program that it was begun with";
            if (!differences.isEmpty()) {
                throw new InvalidInputException(
                        path.toString(),
                        "holds a search of other settings, data or teacher's scores; what differs: " + differences
                                + "; give another --out, or delete it");
            }
        } else {
            write(file, SealedText.YAML.seal(HEADING + search.text()));
        }
    }

    Optional<TrialResult> find(Trial trial, int rung) {
        Path file = result(trial, rung);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(
                    read(file, SealedText.JSON, "delete it, and the trial is repeated"), TrialResult.class));
        } catch (JacksonException e) {
            throw new InvalidInputException(file.toString(), "is damaged; delete it, and the trial is repeated");
        }
    }

    void keep(Trial trial, TrialResult result) {
        write(result(trial, result.rung()), SealedText.JSON.seal(JSON.writeValueAsString(result)));
    }

    void deleteCheckpoints(Trial trial, List<Long> seeds) {
        for (long seed : seeds) {
            new CheckpointFile(checkpoint(trial, seed), "").delete();
        }
    }

    void writeTable(List<TrialResult> results, String metric) {
        Set<String> keys = new LinkedHashSet<>();
        results.forEach(result -> keys.addAll(result.values().keySet()));
        StringBuilder text = new StringBuilder("trial,rung,epochs,validation " + metric + ",failure");
        keys.forEach(key -> text.append(',').append(CsvCell.of(key)));
        text.append('\n');
        for (TrialResult result : results) {
            text.append(result.trial())
                    .append(',')
                    .append(result.rung())
                    .append(',')
                    .append(result.epochs());
            text.append(',').append(result.score() == null ? "" : result.score());
            text.append(',').append(CsvCell.of(result.failure() == null ? "" : result.failure()));
            text.append(keys.stream()
                    .map(key -> "," + CsvCell.of(result.values().getOrDefault(key, "")))
                    .collect(Collectors.joining()));
            text.append('\n');
        }
        write(table(), text.toString());
    }

    private static String read(Path file, SealedText form, String remedy) {
        try {
            return form.read(file, remedy);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: " + Reason.of(e) + "; free some space or choose another folder");
        }
    }
}

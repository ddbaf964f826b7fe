// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.SealedText;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridOutline;
import org.sllmr.runs.grid.GridRun;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of an experiment.
 *
 * <pre>
 * grid.yaml                               names and labels of the grid, seeds, published numbers
 * runs/grid.json                          what the runs know the grid by
 * runs/DATA/BACKBONE/FRAMEWORK/seed-N     the run folders
 * runs/DATA/BACKBONE/FRAMEWORK/seed-N.failed.json   why a run failed
 * references                              shared reference trainings, until the grid is complete
 * results.duckdb                          all results, computed from the run folders
 * </pre>
 *
 * @param path its path
 */
public record GridFolder(Path path) {
    private static final Pattern SEED = Pattern.compile("seed-(-?\\d+)(\\.failed\\.json)?");
    private static final String FAILED = ".failed.json";

    /** The database of results. */
    public Path database() {
        return path.resolve("results.duckdb");
    }

    /** The folder of shared reference trainings. */
    Path references() {
        return path.resolve("references");
    }

    /** Removes the reference trainings once every run of the grid is complete. */
    void clearReferences(GridOutline outline) {
        boolean complete = outline.cells().stream()
                .allMatch(cell -> outline.seeds().stream().allMatch(seed -> Files.isDirectory(run(cell, seed))));
        if (complete) {
            Folders.delete(references());
        }
    }

    /** Where a run's folder is or will be. */
    public Path run(GridCell cell, long seed) {
        return cell(cell).resolve("seed-" + seed);
    }

    private Path cell(GridCell cell) {
        return path.resolve("runs")
                .resolve(cell.data())
                .resolve(cell.backbone())
                .resolve(cell.framework());
    }

    private Path outlineFile() {
        return path.resolve("grid.yaml");
    }

    private Path failureFile(GridCell cell, long seed) {
        return cell(cell).resolve("seed-" + seed + FAILED);
    }

    /**
     * Locks the folder against other experiments until closed.
     *
     * @throws InvalidInputException if another experiment holds the lock, or the folder has other things
     */
    FolderLock lock() {
        Folders.requireOwn(path, "experiment", Set.of("grid.yaml", "runs", "references"));
        return FolderLock.take(path, "experiment");
    }

    /** Writes the outline, replacing an earlier one, and what runs know the grid by. */
    void writeOutline(GridOutline outline) {
        RunFolder.identifyGrid(path.resolve("runs"));
        write(outlineFile(), SealedText.YAML, outline.write());
    }

    /**
     * Reads the outline of this folder's experiment.
     *
     * @throws InvalidInputException if there is none
     */
    public GridOutline outline() {
        if (!Files.isRegularFile(outlineFile())) {
            throw new InvalidInputException(
                    path.toString(),
                    "holds no experiment: " + outlineFile().getFileName() + " is missing; 'sllmr experiment' makes"
                            + " one");
        }
        return GridOutline.read(
                outlineFile().toString(),
                read(outlineFile(), SealedText.YAML, "start the experiment again; complete runs are kept"));
    }

    /**
     * The outcomes of all executed runs, in the grid's order, seeds ascending.
     *
     * @throws InvalidInputException if a run's folder cannot be read, or is of another place in the grid
     */
    public List<RunOutcome> outcomes(GridOutline outline) {
        List<RunOutcome> outcomes = new ArrayList<>();
        GridConsistency consistency = new GridConsistency();
        for (GridCell cell : outline.cells()) {
            for (long seed : seeds(cell)) {
                Path run = run(cell, seed);
                if (Files.isDirectory(run)) {
                    Optional<RunFolder> found = consistency.open(run);
                    found.ifPresent(there -> {
                        consistency.add(cell, seed, there);
                        outcomes.add(new RunOutcome.Finished(cell, seed, there.contents()));
                    });
                } else {
                    failure(cell, seed)
                            .ifPresent(failure -> outcomes.add(new RunOutcome.Failed(cell, seed, failure.message())));
                }
            }
        }
        consistency.require();
        return outcomes;
    }

    private TreeSet<Long> seeds(GridCell cell) {
        TreeSet<Long> seeds = new TreeSet<>();
        if (Files.isDirectory(cell(cell))) {
            try (Stream<Path> entries = Files.list(cell(cell))) {
                for (Path entry : entries.toList()) {
                    Matcher matcher = SEED.matcher(entry.getFileName().toString());
                    if (matcher.matches()) {
                        seeds.add(Long.parseLong(matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                throw new InvalidInputException(cell(cell).toString(), "cannot be listed: " + Reason.of(e));
            }
        }
        return seeds;
    }

    /** The outcome of an earlier execution; empty if the run has to be executed. */
    Optional<RunOutcome> outcome(GridRun run, Fingerprint fingerprint) {
        Path folder = run(run.cell(), run.seed());
        if (Files.isDirectory(folder)) {
            return Optional.of(new RunOutcome.Finished(
                    run.cell(), run.seed(), RunFolder.open(folder).contents()));
        }
        String hash = fingerprint.hash();
        return failure(run.cell(), run.seed())
                .filter(failure ->
                        failure.repeatable() && failure.configurationHash().equals(hash))
                .map(failure -> new RunOutcome.Failed(run.cell(), run.seed(), failure.message()));
    }

    RunOutcome fail(GridRun run, Fingerprint fingerprint, String message, boolean repeatable) {
        String hash = fingerprint.hash();
        write(
                failureFile(run.cell(), run.seed()),
                SealedText.JSON,
                JsonMapper.shared().writeValueAsString(new Failure(message, repeatable, hash)) + "\n");
        return new RunOutcome.Failed(run.cell(), run.seed(), message);
    }

    /** Removes the record of an earlier failure. */
    void clearFailure(GridRun run) {
        try {
            Files.deleteIfExists(failureFile(run.cell(), run.seed()));
        } catch (IOException e) {
            throw new InvalidInputException(
                    failureFile(run.cell(), run.seed()).toString(), "cannot be removed: " + Reason.of(e));
        }
    }

    private Optional<Failure> failure(GridCell cell, long seed) {
        Path file = failureFile(cell, seed);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.shared()
                    .readValue(read(file, SealedText.JSON, "delete it, and the run is repeated"), Failure.class));
        } catch (JacksonException e) {
            throw new InvalidInputException(file.toString(), "is damaged; delete it, and the run is repeated");
        }
    }

    private static String read(Path file, SealedText form, String remedy) {
        try {
            return form.read(file, remedy);
        } catch (IOException e) {
            throw new InvalidInputException(file.toString(), "cannot be read: " + Reason.of(e));
        }
    }

    private static void write(Path file, SealedText form, String text) {
        try {
            form.write(file, text);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: " + Reason.of(e) + "; free some space or choose another folder");
        }
    }
}

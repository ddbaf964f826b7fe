// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.file.FolderChecksums;
import org.sllmr.data.file.Folders;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Unfinished;
import org.sllmr.model.Model;
import org.sllmr.model.ModelFile;
import org.sllmr.model.TrainingStateFile;

/**
 * The folder of a complete run.
 *
 * <pre>
 * configuration.yaml   the configuration that was used
 * metrics.json         results, the same bytes for the same seed
 * epochs.jsonl         one line an epoch
 * reference.jsonl      the same of the backbone alone, if guidance had it trained first
 * provenance.json      hashes, seed, versions, machine, times
 * scores.json          a histogram of the test samples' scores; older runs have none
 * origin.json          the runs that it goes back to, if any
 * memory.json          what it knows of its data; runs of experiments have none
 * samples-SPLIT.scores   the score of each sample of validation and test; runs of earlier versions have none
 * blend.json           how its scores are blended with a teacher's, if they are
 * optimizer            the state of its training, to go on from; runs of experiments have none
 * model                the weights of the best epoch
 * checksums.sha256     the files' hashes; {@code sha256sum --check} reads it
 * </pre>
 *
 * <p>The folder is written atomically: beside its place, then moved there.
 *
 * @param path where the folder is
 * @param contents what it holds besides the model
 */
public record RunFolder(Path path, RunContents contents) {
    private static final String CONFIGURATION = "configuration.yaml";
    private static final String METRICS = "metrics.json";
    private static final String EPOCHS = "epochs.jsonl";
    private static final String REFERENCE = "reference.jsonl";
    private static final String PROVENANCE = "provenance.json";
    private static final String SCORES = "scores.json";
    private static final String MODEL = "model";
    private static final String ORIGIN = "origin.json";
    private static final String MEMORY = "memory.json";
    private static final String BLEND = "blend.json";
    private static final String PLACE = "place.json";
    private static final String OPTIMIZER = "optimizer";
    private static final String VALIDATION_SCORES = RunScores.file("validation");
    private static final String TEST_SCORES = RunScores.file("test");
    private static final String REMEDY = "restore it, or train again";

    /** The model file. */
    public Path model() {
        return path.resolve(MODEL);
    }

    /**
     * Reads the weights into a model that was created with the run's data and settings.
     *
     * @throws InvalidInputException if the model file is damaged or not the one of this run, or belongs to other data or
     *     settings
     */
    public void readModel(Model into) throws IOException {
        ModelFile.read(model(), into, FolderChecksums.read(path, REMEDY));
    }

    /** SHA-256 of the model file, as the folder's list has it. */
    public String modelHash() {
        return FolderChecksums.read(path, REMEDY).hash(MODEL);
    }

    /**
     * What the run knows of its data; empty for runs of experiments and of earlier versions.
     *
     * @throws InvalidInputException if it is damaged
     */
    public Optional<RunMemory> memory() {
        FolderChecksums files = FolderChecksums.read(path, REMEDY);
        return optional(files, path, MEMORY).map(text -> RunJson.readMemory(path.resolve(MEMORY), text));
    }

    /**
     * How its scores are blended with a teacher's; empty if they are the model's alone.
     *
     * @throws InvalidInputException if it is damaged
     */
    public Optional<Blend> blend() {
        FolderChecksums files = FolderChecksums.read(path, REMEDY);
        return optional(files, path, BLEND).map(text -> RunJson.readBlend(path.resolve(BLEND), text));
    }

    /**
     * The scores of a split's samples; empty for a run that is not judged and for runs of earlier versions.
     *
     * @param split {@code validation} or {@code test}
     * @throws InvalidInputException if they are damaged
     */
    public Optional<RunScores> scores(String split) throws IOException {
        FolderChecksums files = FolderChecksums.read(path, REMEDY);
        String name = RunScores.file(split);
        return files.lists(name) || Files.exists(path.resolve(name))
                ? Optional.of(RunScores.read(path.resolve(name), files))
                : Optional.empty();
    }

    /**
     * What a later training goes on from; empty for runs of experiments and of earlier versions.
     *
     * @throws InvalidInputException if it is damaged
     */
    Optional<RunState> state() throws IOException {
        Optional<RunMemory> memory = memory();
        FolderChecksums files = FolderChecksums.read(path, REMEDY);
        if (memory.isEmpty() || !files.lists(OPTIMIZER)) {
            return Optional.empty();
        }
        return Optional.of(new RunState(memory.get(), TrainingStateFile.read(path.resolve(OPTIMIZER), files, REMEDY)));
    }

    /**
     * Requires that parts of the run's data were held out to judge it.
     *
     * @param so what follows for the caller, such as "and cannot be compared"
     * @throws InvalidInputException if the run was trained on everything
     */
    public void requireJudged(String so) {
        Optional<RunOrigin.Ancestor> judged = contents.origin().flatMap(RunOrigin::refit);
        if (judged.isPresent()) {
            throw new InvalidInputException(
                    path.toString(),
                    "was trained on everything (--refit), so it is not judged " + so + "; take "
                            + judged.get().run() + ", whose epochs and settings it has");
        }
    }

    /**
     * Gives the grid whose runs are to be in a folder what they will know it by, unless it has that: each run that is written
     * below it then says where it was made, and is refused at another place.
     *
     * @param runs the folder
     * @throws InvalidInputException if nothing can be written there
     */
    public static void identifyGrid(Path runs) {
        GridPlace.identify(runs);
    }

    /**
     * Checks before training that nothing exists at the place of a run folder.
     *
     * @throws InvalidInputException if something exists there
     */
    public static void checkFree(Path path) {
        if (Files.exists(path)) {
            throw new InvalidInputException(
                    path.toString(), "exists already; runs are never overwritten: name another folder, or delete it");
        }
    }

    /**
     * Writes a run folder.
     *
     * @param path a path that does not exist; missing parents are created
     * @throws InvalidInputException if the path exists, or the folder cannot be written
     */
    public static RunFolder write(Path path, RunContents contents, ModelWriter model) {
        return write(path, contents, model, RunParts.NONE);
    }

    /**
     * Writes a run folder.
     *
     * @param path a path that does not exist; missing parents are created
     * @param parts what only some runs have
     * @throws InvalidInputException if the path exists, or the folder cannot be written
     */
    static RunFolder write(Path path, RunContents contents, ModelWriter model, RunParts parts) {
        checkFree(path);
        Path place = path.toAbsolutePath().normalize();
        Path folder = place.getParent();
        if (folder == null) {
            throw new InvalidInputException(path.toString(), "is not a path where a folder can be made");
        }
        try {
            Files.createDirectories(folder);
            Path beside = Unfinished.beside(place);
            Files.createDirectory(beside);
            try {
                writeText(beside.resolve(CONFIGURATION), contents.configuration());
                writeText(beside.resolve(METRICS), RunJson.metrics(contents.metrics()));
                writeText(beside.resolve(EPOCHS), RunJson.epochs(contents.epochs()));
                if (!contents.reference().isEmpty()) {
                    writeText(beside.resolve(REFERENCE), RunJson.epochs(contents.reference()));
                }
                writeText(beside.resolve(PROVENANCE), RunJson.provenance(contents.provenance()));
                if (contents.scores().isPresent()) {
                    writeText(
                            beside.resolve(SCORES),
                            RunJson.scores(contents.scores().get()));
                }
                if (contents.origin().isPresent()) {
                    writeText(
                            beside.resolve(ORIGIN),
                            RunJson.origin(contents.origin().get()));
                }
                Optional<GridPlace> grid = GridPlace.of(place);
                if (grid.isPresent()) {
                    writeText(beside.resolve(PLACE), RunJson.place(grid.get()));
                }
                if (parts.state().isPresent()) {
                    RunState state = parts.state().get();
                    writeText(beside.resolve(MEMORY), RunJson.memory(state.memory()));
                    TrainingStateFile.write(beside.resolve(OPTIMIZER), state.training());
                }
                if (parts.blend().isPresent()) {
                    writeText(beside.resolve(BLEND), RunJson.blend(parts.blend().get()));
                }
                if (parts.scores().isPresent()) {
                    RunParts.Scores scores = parts.scores().get();
                    scores.validation().write(beside.resolve(VALIDATION_SCORES));
                    scores.test().write(beside.resolve(TEST_SCORES));
                }
                model.write(beside.resolve(MODEL));
                FolderChecksums.write(beside, written(beside));
                Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(beside);
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    path.toString(),
                    "cannot be written: " + Reason.of(e)
                            + "; free some space or choose another folder (nothing was left behind)");
        }
        return new RunFolder(path, contents);
    }

    /**
     * Reads a run folder and checks each file's hash; the model file's is checked by {@link #readModel}.
     *
     * @throws InvalidInputException naming all missing files, or the file that is damaged or was changed; or if the folder is
     *     at a place of a grid and the run was not made there
     */
    public static RunFolder open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new InvalidInputException(
                    path.toString(), Files.exists(path) ? "is a file, but a run is a folder" : "does not exist");
        }
        List<Problem> missing = new ArrayList<>();
        for (String name : List.of(CONFIGURATION, METRICS, EPOCHS, PROVENANCE, MODEL)) {
            if (!Files.exists(path.resolve(name))) {
                missing.add(new Problem(
                        path.resolve(name).toString(), "is missing; this is not a complete run" + " folder"));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
        FolderChecksums files = FolderChecksums.read(path, REMEDY);
        files.requireListed(MODEL);
        String configuration = files.text(CONFIGURATION);
        RunMetrics metrics = RunJson.readMetrics(path.resolve(METRICS), files.text(METRICS));
        List<EpochResult> epochs = RunJson.readEpochs(path.resolve(EPOCHS), files.text(EPOCHS));
        List<EpochResult> reference = optional(files, path, REFERENCE)
                .map(text -> RunJson.readEpochs(path.resolve(REFERENCE), text))
                .orElse(List.of());
        Provenance provenance = RunJson.readProvenance(path.resolve(PROVENANCE), files.text(PROVENANCE));
        Optional<ScoreHistogram> histogram =
                optional(files, path, SCORES).map(text -> RunJson.readScores(path.resolve(SCORES), text));
        Optional<RunOrigin> origin =
                optional(files, path, ORIGIN).map(text -> RunJson.readOrigin(path.resolve(ORIGIN), text));
        Optional<GridPlace> made =
                optional(files, path, PLACE).map(text -> RunJson.readPlace(path.resolve(PLACE), text));
        GridPlace.of(path).ifPresent(here -> here.require(path, made, files.lists(MEMORY)));
        try {
            return new RunFolder(
                    path, new RunContents(configuration, metrics, epochs, reference, provenance, histogram, origin));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(path.toString(), "its files do not belong together: " + e.getMessage());
        }
    }

    private static void writeText(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Reads a file that only some runs have; it must exist exactly if it is listed. */
    private static Optional<String> optional(FolderChecksums files, Path path, String name) {
        return files.lists(name) || Files.exists(path.resolve(name)) ? Optional.of(files.text(name)) : Optional.empty();
    }

    private static List<String> written(Path folder) {
        return Stream.of(
                        CONFIGURATION,
                        METRICS,
                        EPOCHS,
                        REFERENCE,
                        PROVENANCE,
                        SCORES,
                        ORIGIN,
                        MEMORY,
                        OPTIMIZER,
                        BLEND,
                        PLACE,
                        VALIDATION_SCORES,
                        TEST_SCORES,
                        MODEL)
                .filter(name -> Files.exists(folder.resolve(name)))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.Reason;
import org.sllmr.data.store.Dataset;
import org.sllmr.model.schema.FeatureSchema;
import org.sllmr.runs.ModelInputs;
import org.sllmr.runs.RunInputs;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.RunTeacher;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.training.guidance.Regularizer;

/** Datasets and teachers' scores, each read once for all runs that use it, and checked against the runs' settings. */
final class SharedInputs {
    private static final Logger LOGGER = LoggerFactory.getLogger(SharedInputs.class);

    private final Map<Path, Dataset> datasets = new LinkedHashMap<>();
    private final Map<Path, RunTeacher> teachers = new LinkedHashMap<>();
    private final Map<Path, RunInputs> alone = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private SharedInputs() {}

    /**
     * Reads what the runs need.
     *
     * @throws InvalidInputException with all inputs that are missing, damaged or do not fit
     */
    static SharedInputs open(List<GridRun> runs, GridListener listener) throws InterruptedException {
        SharedInputs inputs = new SharedInputs();
        Set<Path> broken = new LinkedHashSet<>();
        Set<Object> checked = new LinkedHashSet<>();
        for (GridRun run : runs) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped before the first run");
            }
            RunSettings settings = run.settings();
            Path folder = settings.data().orElseThrow();
            if (!inputs.datasets.containsKey(folder) && !broken.contains(folder)) {
                listener.opening(folder.toString());
                inputs.attempt(() -> inputs.openDataset(folder), folder, broken);
            }
            settings.teacher().ifPresent(file -> {
                if (!inputs.teachers.containsKey(file) && !broken.contains(file) && !broken.contains(folder)) {
                    listener.opening(file.toString());
                    inputs.attempt(() -> inputs.openTeacher(file, folder), file, broken);
                }
            });
            boolean readable = !broken.contains(folder)
                    && settings.teacher().map(file -> !broken.contains(file)).orElse(true);
            if (readable && checked.add(settings.withSeed(0))) {
                inputs.attempt(() -> inputs.check(settings), folder, new LinkedHashSet<>());
            }
        }
        if (!inputs.problems.isEmpty()) {
            throw new InvalidInputException(inputs.problems.stream().distinct().toList());
        }
        return inputs;
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void attempt(Attempt attempt, Path place, Set<Path> broken) {
        try {
            attempt.run();
        } catch (InvalidInputException e) {
            problems.addAll(e.problems());
            broken.add(place);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(place.toString(), "there is no such file or folder"));
            broken.add(place);
        } catch (IOException e) {
            problems.add(new Problem(place.toString(), "cannot be read: " + Reason.of(e)));
            broken.add(place);
        }
    }

    private void openDataset(Path folder) {
        Dataset dataset = Dataset.open(folder);
        datasets.put(folder, dataset);
        alone.put(folder, RunInputs.of(dataset, Optional.empty()));
    }

    private void openTeacher(Path file, Path folder) throws IOException {
        TrainingData data = dataset(folder).trainingData();
        teachers.put(file, RunTeacher.read(file, data));
    }

    /** Checks against the data that the schema's fields exist and the teacher fits. */
    private void check(RunSettings settings) {
        TrainingData data = ModelInputs.of(
                dataset(settings).trainingData(),
                settings.model(),
                settings.teacher().map(teachers::get).map(RunTeacher::table));
        FeatureSchema schema = settings.model().fields(data);
        Regularizer fits = settings.guidance()
                .regularizer(
                        data,
                        settings.teacher()
                                .map(teachers::get)
                                .map(RunTeacher::table)
                                .orElse(null));
        LOGGER.debug("{} embedding rows, {}", schema.rows(), fits);
    }

    /** The dataset of a run. */
    Dataset dataset(RunSettings settings) {
        return dataset(settings.data().orElseThrow());
    }

    private Dataset dataset(Path folder) {
        Dataset dataset = datasets.get(folder);
        if (dataset == null) {
            throw new IllegalStateException(folder + " was not opened");
        }
        return dataset;
    }

    /** The inputs of a run. */
    RunInputs of(RunSettings settings) {
        Path folder = settings.data().orElseThrow();
        RunInputs without = alone.get(folder);
        if (without == null) {
            throw new IllegalStateException(folder + " was not opened");
        }
        return settings.teacher().map(teachers::get).map(without::with).orElse(without);
    }

    /** Number of training samples of a run. */
    long samples(RunSettings settings) {
        return dataset(settings).trainingData().training().size();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.file.Reason;
import org.sllmr.data.file.Sha256;
import org.sllmr.database.DuckDb;
import org.sllmr.runs.Blend;
import org.sllmr.runs.BlendSettings;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.RunBlend;
import org.sllmr.runs.RunContents;
import org.sllmr.runs.RunDestination;
import org.sllmr.runs.RunExecution;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.grid.Grid;
import org.sllmr.runs.grid.GridBlend;
import org.sllmr.runs.grid.GridCell;
import org.sllmr.runs.grid.GridRun;
import org.sllmr.training.EpochRecord;
import org.sllmr.training.StepProgress;
import org.sllmr.training.TrainingDivergedException;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.calibration.NewItems;

/**
 * Executes the runs of a grid, several at once in one process; each gives the same bits as by itself.
 *
 * <p>Runs that are complete in the folder are not repeated, and a stopped run resumes after its last epoch. A failed
 * run is recorded and does not stop the others.
 */
public final class GridExecution {
    private static final Logger LOGGER = LoggerFactory.getLogger(GridExecution.class);
    private static final long SECONDS_BETWEEN_RESULTS = 20;

    private final Grid grid;
    private final GridFolder folder;
    private final int jobs;
    private final GridListener listener;
    private final List<GridRun> pending = new ArrayList<>();
    private final Map<GridRun, Long> running = new LinkedHashMap<>();
    private volatile boolean stopping;
    private int total;
    private int done;
    private int failed;
    private long databaseWritten = System.nanoTime();

    /**
     * An execution of a grid.
     *
     * @param folder where the results are; may hold earlier ones
     * @param jobs number of runs at once, at least 1
     */
    public GridExecution(Grid grid, GridFolder folder, int jobs, GridListener listener) {
        this.grid = grid;
        this.folder = folder;
        this.jobs = jobs;
        this.listener = listener;
    }

    /**
     * Executes runs of the grid, and writes the results of all its runs in the folder.
     *
     * @param runs which ones
     * @return the outcome of each, in the order of the grid's outline
     * @throws InvalidInputException before the first run, with all problems of data, teachers and earlier results
     * @throws InterruptedException if it was stopped; complete runs are kept
     */
    public List<RunOutcome> execute(List<GridRun> runs) throws InterruptedException {
        try (FolderLock lock = folder.lock()) {
            LOGGER.debug("{} is locked", lock.folder());
            return execute(runs, SharedInputs.open(runs, listener));
        }
    }

    private List<RunOutcome> execute(List<GridRun> runs, SharedInputs inputs) throws InterruptedException {
        List<RunOutcome> found = found(runs, inputs);
        DuckDb.requirePlace(folder.database());
        folder.writeOutline(grid.outline());
        total = runs.size();
        Map<GridCell, RunSettings> settings = new LinkedHashMap<>();
        runs.forEach(run -> settings.putIfAbsent(run.cell(), run.settings()));
        TimeLeft timeLeft = new TimeLeft(cell ->
                Optional.ofNullable(settings.get(cell)).map(inputs::samples).orElse(0L));
        for (RunOutcome outcome : found) {
            ended(outcome, timeLeft);
        }
        try {
            executeAll(inputs, timeLeft);
        } finally {
            ResultsDatabase.write(folder.database(), folder.outcomes(grid.outline()));
        }
        folder.clearReferences(grid.outline());
        List<String> names = runs.stream().map(GridRun::name).toList();
        return folder.outcomes(grid.outline()).stream()
                .filter(outcome -> names.contains(outcome.name()))
                .toList();
    }

    /**
     * Finds the outcomes that exist already; all mismatches are reported at once, also of runs that are not to be
     * executed now, because the results have them beside the others.
     */
    private List<RunOutcome> found(List<GridRun> runs, SharedInputs inputs) {
        List<RunOutcome> found = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (GridRun run : runs) {
            try {
                RunDestination.inspect(folder.run(run.cell(), run.seed()))
                        .require(run.settings(), inputs.of(run.settings()));
                Optional<RunOutcome> outcome =
                        folder.outcome(run, Fingerprint.of(run.settings(), inputs.of(run.settings())));
                if (outcome.isEmpty()) {
                    pending.add(run);
                } else {
                    requireBlend(run, true);
                    found.add(outcome.get());
                }
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        Set<GridRun> others = new LinkedHashSet<>(grid.runs());
        others.removeAll(Set.copyOf(runs));
        for (GridRun run : others) {
            try {
                RunDestination.inspect(folder.run(run.cell(), run.seed())).require(run.settings());
                requireBlend(run, false);
            } catch (InvalidInputException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        folder.outcomes(grid.outline());
        return found;
    }

    /**
     * Requires that a run that is there is served as the grid says.
     *
     * @param asked whether it is one of those to execute; the scores of the others need not be given
     */
    private void requireBlend(GridRun run, boolean asked) {
        Path path = folder.run(run.cell(), run.seed());
        if (!Files.isDirectory(path)) {
            return;
        }
        Optional<Blend> blend = RunFolder.open(path).blend();
        Optional<GridBlend> wanted = run.blend();
        boolean same = wanted.isPresent() == blend.isPresent();
        if (same && wanted.isPresent()) {
            Blend found = blend.orElseThrow();
            BlendSettings settings = wanted.get().settings();
            boolean toldScores = asked || settings.teacher().isPresent();
            same = found.tailConstant() == settings.tailConstant()
                    && found.newLogPopularity().isPresent() == (settings.newItems() == NewItems.AVERAGE)
                    && (!toldScores || found.fileHash().equals(hash(settings.teacher())));
        }
        if (!same) {
            throw new InvalidInputException(
                    path.toString(),
                    "is not blended as the grid says (blendOf, withTeacher, tailConstant, newItems), or with other scores"
                            + " than the teacher's file has now; delete it, and it is made again");
        }
    }

    /** Of a blend's teacher, as a blend records it. */
    private static String hash(Optional<Path> teacher) {
        try {
            return teacher.isPresent() ? Sha256.of(teacher.get()) : "";
        } catch (IOException e) {
            throw new InvalidInputException(String.valueOf(teacher.orElse(null)), "cannot be read: " + Reason.of(e));
        }
    }

    private void executeAll(SharedInputs inputs, TimeLeft timeLeft) throws InterruptedException {
        try (Workers workers = new Workers(jobs, "run")) {
            try {
                // Blends are made of trained runs.
                for (boolean blends : new boolean[] {false, true}) {
                    List<GridRun> runs = List.copyOf(pending).stream()
                            .filter(run -> run.blend().isPresent() == blends)
                            .toList();
                    RunQueue queue = new RunQueue(runs, run -> reference(run, inputs));
                    workers.all(runs.stream()
                            .map(any -> (Callable<GridRun>) () -> {
                                GridRun run = queue.take();
                                try {
                                    execute(run, inputs, timeLeft, () -> queue.trained(run));
                                } finally {
                                    queue.trained(run);
                                }
                                return run;
                            })
                            .toList());
                }
            } finally {
                // Running ones end at their next epoch.
                stopping = true;
            }
        }
    }

    /** What identifies the backbone alone that a run trains first, if it trains one. */
    private static Optional<String> reference(GridRun run, SharedInputs inputs) {
        try {
            return run.blend().isPresent()
                    ? Optional.empty()
                    : RunExecution.reference(run.settings(), inputs.of(run.settings()));
        } catch (InvalidInputException said) {
            // The run itself will fail with this.
            return Optional.empty();
        }
    }

    /**
     * Executes a run.
     *
     * @param guided called once the backbone alone is trained
     */
    private void execute(GridRun run, SharedInputs inputs, TimeLeft timeLeft, Runnable guided)
            throws InterruptedException {
        synchronized (this) {
            pending.remove(run);
            running.put(run, System.nanoTime());
            listener.started(run);
        }
        Fingerprint fingerprint = Fingerprint.of(run.settings(), inputs.of(run.settings()));
        RunOutcome outcome;
        try {
            // With a run on every processor, a second thread in each would only compete.
            boolean second = run.settings().training().prepareAhead()
                    && 2 * jobs <= Runtime.getRuntime().availableProcessors();
            folder.clearFailure(run);
            try (RunDestination place = RunDestination.lock(folder.run(run.cell(), run.seed()))) {
                RunContents contents = run.blend().isPresent()
                        ? blend(run.blend().get(), run, inputs)
                        : RunExecution.execute(
                                        run.settings(),
                                        inputs.of(run.settings()),
                                        place,
                                        progress(run, "", guided),
                                        second,
                                        Optional.of(folder.references()),
                                        false)
                                .contents();
                outcome = new RunOutcome.Finished(run.cell(), run.seed(), contents);
            }
        } catch (TrainingDivergedException e) {
            outcome = folder.fail(run, fingerprint, String.valueOf(e.getMessage()), true);
        } catch (RuntimeException | IOException | OutOfMemoryError e) {
            if (stopping || Thread.currentThread().isInterrupted()) {
                // A stopped run has not failed.
                throw new InterruptedException(run.name() + " was stopped");
            }
            LOGGER.warn("{} failed", run.name(), e);
            outcome = folder.fail(
                    run,
                    fingerprint,
                    e instanceof InvalidInputException ? String.valueOf(e.getMessage()) : e.toString(),
                    false);
        }
        synchronized (this) {
            running.remove(run);
            ended(outcome, timeLeft);
            if (System.nanoTime() - databaseWritten > SECONDS_BETWEEN_RESULTS * 1_000_000_000L) {
                ResultsDatabase.write(folder.database(), folder.outcomes(grid.outline()));
                databaseWritten = System.nanoTime();
            }
        }
    }

    private RunContents blend(GridBlend blend, GridRun run, SharedInputs inputs) throws IOException {
        Path of = folder.run(blend.of(), run.seed());
        if (!Files.isDirectory(of)) {
            throw new InvalidInputException(
                    of.toString(), "is not there to be blended; take its framework into --only, or see why it failed");
        }
        return RunBlend.of(
                        RunFolder.open(of),
                        inputs.dataset(run.settings()),
                        blend.settings(),
                        folder.run(run.cell(), run.seed()))
                .run()
                .contents();
    }

    private synchronized void ended(RunOutcome outcome, TimeLeft timeLeft) {
        done++;
        if (outcome instanceof RunOutcome.Finished finished) {
            Duration duration = finished.contents().provenance().duration();
            timeLeft.learn(finished.cell(), duration.toMillis() / 1000.0);
        } else {
            failed++;
        }
        long now = System.nanoTime();
        List<TimeLeft.Running> under = new ArrayList<>();
        running.forEach((run, start) -> under.add(new TimeLeft.Running(run.cell(), (now - start) / 1e9)));
        Optional<Duration> left =
                timeLeft.estimate(pending.stream().map(GridRun::cell).toList(), under, jobs);
        listener.finished(outcome, new GridListener.Standing(done, failed, total, left));
    }

    private TrainingListener progress(GridRun run, String part, Runnable begun) {
        return new TrainingListener() {
            private boolean stepped;

            @Override
            public void step(StepProgress progress) {
                if (!stepped) {
                    stepped = true;
                    begun.run();
                }
            }

            @Override
            public void epoch(EpochRecord epoch) {
                synchronized (GridExecution.this) {
                    listener.epoch(run, part, epoch);
                }
            }

            @Override
            public TrainingListener reference() {
                return progress(run, "backbone alone", () -> {});
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.concurrent.Workers;
import org.sllmr.data.file.FolderLock;
import org.sllmr.data.file.Folders;
import org.sllmr.data.numeric.Mean;
import org.sllmr.evaluation.Slices;
import org.sllmr.model.Model;
import org.sllmr.runs.Fingerprint;
import org.sllmr.runs.ModelInputs;
import org.sllmr.runs.RunConfiguration;
import org.sllmr.runs.RunSettings;
import org.sllmr.training.TrainedRun;
import org.sllmr.training.Trainer;
import org.sllmr.training.TrainingDivergedException;
import org.sllmr.training.TrainingListener;
import org.sllmr.training.checkpoint.CheckpointFile;

/**
 * Searches for settings by rungs, with several trials at once.
 *
 * <p>A surviving trial continues from the end of the previous rung. A stopped search resumes in the same folder, with
 * the same results.
 */
public final class Search {
    private static final Logger LOGGER = LoggerFactory.getLogger(Search.class);

    private final SearchPlan plan;
    private final SearchInputs inputs;
    private final Slices slices;
    private final Optional<String> teacherHash;
    private final SearchFolder folder;
    private final int jobs;
    private final SearchListener listener;
    private volatile boolean stopping;
    private int done;

    /**
     * A search.
     *
     * @param out its folder; may hold a part of the search
     * @param jobs number of trials trained at once, at least 1
     */
    public Search(SearchPlan plan, SearchInputs inputs, Path out, int jobs, SearchListener listener) {
        this.plan = plan;
        this.inputs = inputs;
        this.slices = inputs.slices();
        this.teacherHash = inputs.teacher().map(Fingerprint::hash);
        this.folder = new SearchFolder(out);
        this.jobs = jobs;
        this.listener = listener;
    }

    /**
     * The results of a search.
     *
     * @param trials all trials, best first: by rung, then by the metric, failed ones last
     * @param best the best configuration, ready to train
     * @param table all trials as CSV
     */
    public record Outcome(List<TrialResult> trials, Path best, Path table) {}

    /**
     * Runs the search.
     *
     * @throws InvalidInputException if the folder holds another search or is locked by one, the metric is undefined on
     *     the data, or every trial failed
     * @throws InterruptedException if it was stopped; complete trials are kept
     */
    public Outcome run() throws InterruptedException {
        try (FolderLock lock = lock(folder.path())) {
            return run(lock);
        }
    }

    /** As {@link #run()}, in a folder that the caller has locked already. */
    public Outcome run(FolderLock lock) throws InterruptedException {
        LOGGER.debug("{} is locked", lock.folder());
        // Finds an invalid guidance or schema before the first trial.
        plan.base().guidance().regularizer(inputs.data(), inputs.teacher().orElse(null));
        return search();
    }

    /**
     * Locks a folder against other searches until closed.
     *
     * @throws InvalidInputException if another search holds the lock, nothing can be written there, or the folder has
     *     other things
     */
    public static FolderLock lock(Path out) {
        Folders.requireOwn(out, "search", Set.of("search.yaml", "trials"));
        return FolderLock.take(out, "search");
    }

    private Outcome search() throws InterruptedException {
        folder.begin(plan.fingerprint(inputs.data().hash(), teacherHash));
        SearchSettings settings = plan.settings();
        List<Integer> rungs = settings.method().rungs(plan.base().training().maxEpochs());
        Map<Integer, TrialResult> results = new TreeMap<>();
        List<Trial> staying = plan.trials();
        for (int rung = 1; rung <= rungs.size(); rung++) {
            listener.rung(rung, rungs.size(), rungs.get(rung - 1), staying.size());
            List<TrialResult> own = train(staying, rung, rungs.get(rung - 1));
            own.forEach(result -> results.put(result.trial(), result));
            staying = rung == rungs.size()
                    ? List.of()
                    : best(staying, own, settings.method().kept(own.size()));
            for (Trial trial : plan.trials()) {
                if (!staying.contains(trial)) {
                    folder.deleteCheckpoints(trial, settings.seeds());
                }
            }
        }
        List<TrialResult> ranked = results.values().stream().sorted(order()).toList();
        folder.writeTable(ranked, settings.metric());
        TrialResult first = ranked.get(0);
        if (first.score() == null) {
            throw new InvalidInputException(
                    folder.path().toString(),
                    "every trial failed, the first one because: " + first.failure() + "; change the ranges");
        }
        SearchFolder.write(
                folder.best(),
                "# The best of " + ranked.size() + " trials: validation " + settings.metric() + " " + first.score()
                        + " with " + first.values() + ".\n"
                        + RunConfiguration.write(
                                plan.trials().get(first.trial() - 1).settings()));
        return new Outcome(ranked, folder.best(), folder.table());
    }

    private Comparator<TrialResult> order() {
        return (one, other) -> {
            if (one.score() == null || other.score() == null) {
                int failed = Boolean.compare(one.score() == null, other.score() == null);
                return failed != 0 ? failed : Integer.compare(one.trial(), other.trial());
            }
            if (one.rung() != other.rung()) {
                return Integer.compare(other.rung(), one.rung());
            }
            boolean better = plan.settings().better(one.score(), other.score());
            boolean worse = plan.settings().better(other.score(), one.score());
            return better ? -1 : worse ? 1 : Integer.compare(one.trial(), other.trial());
        };
    }

    private List<Trial> best(List<Trial> trials, List<TrialResult> results, int kept) {
        List<Integer> numbers = results.stream()
                .filter(result -> result.score() != null)
                .sorted(order())
                .limit(kept)
                .map(TrialResult::trial)
                .toList();
        return trials.stream().filter(trial -> numbers.contains(trial.number())).toList();
    }

    private List<TrialResult> train(List<Trial> trials, int rung, int epochs) throws InterruptedException {
        done = 0;
        try (Workers workers = new Workers(jobs, "trial")) {
            try {
                return workers.all(trials.stream()
                        .map(trial -> (Callable<TrialResult>) () -> {
                            TrialResult result = train(trial, rung, epochs);
                            finished(result, trials.size());
                            return result;
                        })
                        .toList());
            } finally {
                // Running ones end at their next epoch.
                stopping = true;
            }
        } finally {
            stopping = false;
        }
    }

    private synchronized void finished(TrialResult result, int trials) {
        listener.finished(result, ++done, trials);
    }

    private TrialResult train(Trial trial, int rung, int epochs) throws InterruptedException {
        Optional<TrialResult> found = folder.find(trial, rung);
        if (found.isPresent()) {
            return found.get();
        }
        List<Double> scores = new ArrayList<>();
        String failure = null;
        try {
            for (long seed : plan.settings().seeds()) {
                scores.add(score(trial, seed, epochs));
            }
        } catch (TrainingDivergedException e) {
            failure = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            if (stopping || Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("trial " + trial.number() + " was stopped");
            }
            throw e;
        }
        double mean = Mean.of(scores.stream().mapToDouble(Double::doubleValue).toArray());
        TrialResult result = new TrialResult(
                trial.number(), trial.values(), rung, epochs, failure == null ? mean : null, scores, failure);
        folder.keep(trial, result);
        return result;
    }

    private double score(Trial trial, long trainingSeed, int epochs) throws InterruptedException {
        RunSettings settings = trial.settings().withSeed(trainingSeed);
        Seed seed = new Seed(trainingSeed);
        CheckpointFile checkpoint = new CheckpointFile(
                folder.checkpoint(trial, trainingSeed),
                Fingerprint.of(settings, inputs.data().hash(), teacherHash).hash());
        boolean second = settings.training().prepareAhead()
                && 2 * jobs <= Runtime.getRuntime().availableProcessors();
        TrainingData data = ModelInputs.of(inputs.data(), settings.model(), inputs.teacher());
        Model model = settings.model().create(data, seed.child("model"));
        TrainedRun trained = new Trainer(
                        settings.training().withMaxEpochs(epochs).withPrepareAhead(second), settings.guidance())
                .train(
                        model,
                        data,
                        inputs.teacher().orElse(null),
                        slices,
                        seed.child("training"),
                        TrainingListener.SILENT,
                        checkpoint);
        return trained.validation()
                .get(plan.settings().decidesBy())
                .value()
                .orElseThrow(() -> new InvalidInputException(
                        "metric", "'" + plan.settings().metric() + "' is not defined on this validation data"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.configuration.Problem;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.SampleLists;
import org.sllmr.data.Samples;
import org.sllmr.data.file.InputFile;
import org.sllmr.data.numeric.Mean;
import org.sllmr.data.store.Dataset;
import org.sllmr.data.store.StoredParts;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunSettings;
import org.sllmr.runs.compare.Comparison.Row;
import org.sllmr.runs.ranking.Split;

/**
 * Compares methods over all folds of a split by folds, in which each user is tested once.
 *
 * <p>Scores of different models cannot be pooled. So only metrics of each user's own list are compared: over users a
 * paired t-test of the mean over seeds, over seeds a paired t-test of the mean over users. A method is a configuration
 * apart from seed and files, and the name of its teacher; a seed counts if it was trained on every fold.
 */
public final class FoldComparison {
    private static final List<SampleMetric> METRICS =
            List.of(SampleMetric.AUC_WITHIN_IMPRESSIONS, SampleMetric.NDCG_WITHIN_IMPRESSIONS);

    private final Split split;
    private final Datasets datasets;
    private final ProgressListener listener;
    private final List<String> notes = new ArrayList<>();
    private final Map<Method, NavigableMap<Long, Map<String, double[][]>>> values = new LinkedHashMap<>();

    private FoldComparison(Split split, Datasets datasets, ProgressListener listener) {
        this.split = split;
        this.datasets = datasets;
        this.listener = listener;
    }

    /** Opens datasets. */
    public interface Datasets {
        /** The dataset that a run was trained on. */
        Dataset of(RunFolder run);
    }

    /** Whether runs are of more than one dataset. */
    public static boolean needed(List<RunFolder> runs) {
        return runs.stream().map(FoldComparison::hash).distinct().count() > 1;
    }

    /**
     * Compares methods with that of the first run.
     *
     * @param listener receives the number of runs scored
     * @throws InvalidInputException if the datasets are not folds of one division, a run is named twice, or there is
     *     one method only
     */
    public static Comparison of(List<RunFolder> runs, Split split, Datasets datasets, ProgressListener listener)
            throws IOException {
        return new FoldComparison(split, datasets, listener).compare(runs);
    }

    private Comparison compare(List<RunFolder> runs) throws IOException {
        Map<String, List<RunFolder>> byFold = new LinkedHashMap<>();
        runs.forEach(run ->
                byFold.computeIfAbsent(hash(run), fold -> new ArrayList<>()).add(run));
        List<Problem> problems = new ArrayList<>();
        Set<String> tested = new LinkedHashSet<>();
        List<String> names = new ArrayList<>();
        int scored = 0;
        for (Map.Entry<String, List<RunFolder>> fold : byFold.entrySet()) {
            Dataset dataset = datasets.of(fold.getValue().get(0));
            names.add(dataset.trainingData().name());
            checkFold(fold.getValue().get(0), dataset, tested, problems);
            if (problems.isEmpty()) {
                for (RunFolder run : fold.getValue()) {
                    add(run, fold.getKey(), dataset, problems);
                    listener.progressed("scoring runs", ++scored, runs.size());
                }
            }
        }
        if (problems.isEmpty() && values.size() < 2) {
            problems.add(
                    new Problem("the runs", "all have one configuration; name runs of another one to compare with"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return compared(List.copyOf(byFold.keySet()), String.join(", ", names));
    }

    private void checkFold(RunFolder run, Dataset dataset, Set<String> tested, List<Problem> problems) {
        if (!dataset.partsBy().equals(StoredParts.FOLDS)) {
            problems.add(new Problem(
                    run.path().toString(),
                    "is of dataset '" + dataset.trainingData().name()
                            + "', and other runs are of other datasets; compare runs of one dataset, or of the folds of"
                            + " one (data prepare --candidates)"));
            return;
        }
        Samples samples = split.samples(dataset);
        int again = 0;
        SampleLists lists = samples.lists();
        for (int list = 0; list < lists.count(); list++) {
            int user = samples.instances().users()[lists.from(list)];
            again += tested.add(dataset.trainingData().userIds().value(user)) ? 0 : 1;
        }
        if (again > 0) {
            problems.add(new Problem(
                    run.path().toString(),
                    "is of dataset '" + dataset.trainingData().name() + "', in which " + again
                            + " users are tested who are tested in another dataset of these runs too; compare runs of"
                            + " folds that were made with the same --folds and --seed"));
        }
    }

    private void add(RunFolder run, String fold, Dataset dataset, List<Problem> problems) throws IOException {
        RunSettings settings = RunGroup.settings(run);
        Method method = new Method(
                settings.withSeed(0)
                        .on(
                                Path.of(""),
                                run.contents()
                                        .provenance()
                                        .teacher()
                                        .map(teacher ->
                                                InputFile.path(run.path().toString(), teacher.teacher()))),
                Method.blend(run));
        Samples samples = split.samples(dataset);
        float[] logits = RunEvaluation.logits(run, dataset, split.text(), split.log(dataset), samples);
        double[][] own = new double[METRICS.size()][];
        for (int metric = 0; metric < own.length; metric++) {
            own[metric] = METRICS.get(metric).kind().ofLists(logits, samples);
        }
        double[][] other = values.computeIfAbsent(method, key -> new TreeMap<>())
                .computeIfAbsent(settings.seed(), key -> new LinkedHashMap<>())
                .put(fold, own);
        if (other != null) {
            problems.add(new Problem(
                    run.path().toString(),
                    "has the dataset, configuration and seed of another one of these runs; leave one out"));
        }
    }

    private Comparison compared(List<String> folds, String dataset) {
        List<Method> methods = List.copyOf(values.keySet());
        List<String> names = Method.names(methods);
        List<NavigableMap<Long, double[][]>> complete = new ArrayList<>();
        for (int method = 0; method < methods.size(); method++) {
            complete.add(complete(Objects.requireNonNull(values.get(methods.get(method))), folds, names.get(method)));
        }
        List<Row> rows = new ArrayList<>();
        for (int method = 1; method < methods.size(); method++) {
            for (Difference difference : differences(complete.get(0), complete.get(method), names.get(method))) {
                rows.add(new Row(names.get(method), difference));
            }
        }
        List<Difference> corrected =
                PairedComparison.corrected(rows.stream().map(Row::difference).toList());
        List<Row> judged = IntStream.range(0, rows.size())
                .mapToObj(index -> new Row(rows.get(index).method(), corrected.get(index)))
                .toList();
        return new Comparison(dataset, split.text(), names.get(0), judged, notes);
    }

    /** The values of all users by seed, for the seeds that were trained on every fold. */
    private NavigableMap<Long, double[][]> complete(
            NavigableMap<Long, Map<String, double[][]>> seeds, List<String> folds, String name) {
        NavigableMap<Long, double[][]> complete = new TreeMap<>();
        seeds.forEach((seed, byFold) -> {
            if (byFold.size() < folds.size()) {
                notes.add(name + ", seed " + seed + ": left out, because there are runs of " + byFold.size() + " of "
                        + folds.size() + " folds only.");
                return;
            }
            double[][] all = new double[METRICS.size()][];
            for (int metric = 0; metric < all.length; metric++) {
                int at = metric;
                all[metric] = folds.stream()
                        .flatMapToDouble(fold -> Arrays.stream(Objects.requireNonNull(byFold.get(fold))[at]))
                        .toArray();
            }
            complete.put(seed, all);
        });
        return complete;
    }

    private List<Difference> differences(
            NavigableMap<Long, double[][]> baseline, NavigableMap<Long, double[][]> method, String name) {
        List<Long> seeds =
                baseline.keySet().stream().filter(method::containsKey).toList();
        if (seeds.isEmpty()) {
            notes.add(name + " shares no seed with the baseline that all folds have: it is not compared.");
            return List.of();
        }
        List<Difference> differences = new ArrayList<>();
        for (int metric = 0; metric < METRICS.size() && seeds.size() > 1; metric++) {
            differences.add(PairedComparison.overSeeds(
                    METRICS.get(metric), bySeed(baseline, seeds, metric), bySeed(method, seeds, metric)));
        }
        for (int metric = 0; metric < METRICS.size(); metric++) {
            differences.add(PairedComparison.overUsers(
                    METRICS.get(metric), byUser(baseline, seeds, metric), byUser(method, seeds, metric)));
        }
        return differences;
    }

    private static double[] bySeed(NavigableMap<Long, double[][]> values, List<Long> seeds, int metric) {
        return seeds.stream()
                .mapToDouble(seed -> Mean.of(Objects.requireNonNull(values.get(seed))[metric]))
                .toArray();
    }

    private static double[] byUser(NavigableMap<Long, double[][]> values, List<Long> seeds, int metric) {
        double[] mean = new double[Objects.requireNonNull(values.get(seeds.get(0)))[metric].length];
        for (long seed : seeds) {
            double[] ofUsers = Objects.requireNonNull(values.get(seed))[metric];
            for (int user = 0; user < mean.length; user++) {
                mean[user] += ofUsers[user] / seeds.size();
            }
        }
        return mean;
    }

    private static String hash(RunFolder run) {
        return run.contents().provenance().dataHash();
    }
}

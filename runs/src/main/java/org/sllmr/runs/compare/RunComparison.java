// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.LogLoss;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.significance.Holm;
import org.sllmr.evaluation.significance.PairedBootstrap;
import org.sllmr.evaluation.significance.PairedTTest;
import org.sllmr.model.CtrModel;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunReplay;
import org.sllmr.runs.SplitMetrics;
import org.sllmr.runs.compare.Comparison.Pairing;
import org.sllmr.runs.compare.Comparison.Row;
import org.sllmr.runs.compare.Comparison.Verdict;
import org.sllmr.runs.ranking.RankedUsers;
import org.sllmr.runs.ranking.Split;

/**
 * Compares kinds of runs with the kind of the first one, in pairs over seeds and in pairs over users.
 *
 * <p>Over seeds it is a paired t-test of each metric of {@code metrics.json}. Over users, AUC is compared by drawing users,
 * log loss by a paired t-test of each user's own, as is what ranking left beside the runs; a kind with several seeds counts by
 * its mean over the seeds that both kinds have. All tests are two-sided.
 */
public final class RunComparison {
    private static final double CONFIDENCE = 0.95;
    private static final int REPLICATES = 5000;

    private final Dataset dataset;
    private final Split split;
    private final List<Integer> cutoffs;
    private final ProgressListener listener;
    private final Slices slices;
    private final Samples samples;
    /** Logits of the samples by run, scored once. */
    private final Map<Path, float[]> logits = new LinkedHashMap<>();

    private final List<String> notes = new ArrayList<>();

    private RunComparison(Dataset dataset, Split split, List<Integer> cutoffs, ProgressListener listener) {
        this.dataset = dataset;
        this.split = split;
        this.cutoffs = cutoffs;
        this.listener = listener;
        this.slices = Slices.of(dataset.trainingData());
        this.samples = split.samples(dataset);
    }

    /**
     * Compares.
     *
     * @param groups at least two kinds; the first is the baseline
     * @param dataset the dataset that all were trained on
     * @param cutoffs the k of metrics of ranks
     * @param listener told of runs scored
     * @throws InvalidInputException if the dataset is another one, or rankings are of other samples
     */
    public static Comparison of(
            List<RunGroup> groups, Dataset dataset, Split split, List<Integer> cutoffs, ProgressListener listener)
            throws IOException {
        return new RunComparison(dataset, split, cutoffs, listener).compare(groups);
    }

    private Comparison compare(List<RunGroup> groups) throws IOException {
        RunGroup baseline = groups.get(0);
        List<Row> rows = new ArrayList<>();
        for (RunGroup method : groups.subList(1, groups.size())) {
            Optional<List<Long>> shared = baseline.sharedSeeds(method);
            List<RunFolder> first = runs(baseline, shared);
            List<RunFolder> second = runs(method, shared);
            if (shared.isEmpty()) {
                notes.add(method.name() + " shares no seed with " + baseline.name()
                        + ": not compared over seeds, and over users by the means of all runs.");
            } else if (first.size() < 2) {
                notes.add(method.name() + " shares one seed with " + baseline.name()
                        + ": not compared over seeds, which takes two or more.");
            } else {
                overSeeds(method.name(), first, second, rows);
            }
            aucOverUsers(method.name(), first, second, rows);
            logLossOverUsers(method.name(), first, second, rows);
            ranksOverUsers(method.name(), first, second, rows);
        }
        return new Comparison(
                dataset.trainingData().name(),
                split.text(),
                baseline.name(),
                CONFIDENCE,
                corrected(rows),
                notes.stream().distinct().toList());
    }

    private static List<RunFolder> runs(RunGroup group, Optional<List<Long>> seeds) {
        return seeds.map(shared ->
                        shared.stream().map(seed -> group.bySeed().get(seed)).toList())
                .orElseGet(() -> List.copyOf(group.bySeed().values()));
    }

    private void overSeeds(String method, List<RunFolder> first, List<RunFolder> second, List<Row> rows) {
        List<String> names = new ArrayList<>(
                ComparedMetric.AUCS.stream().map(ComparedMetric::name).toList());
        names.add("logLoss");
        for (String name : names) {
            double[] one = values(first, name);
            double[] other = values(second, name);
            if (one.length == first.size() && other.length == second.size()) {
                PairedTTest test = PairedTTest.of(one, other, CONFIDENCE);
                rows.add(row(method, name, !name.equals("logLoss"), Pairing.SEEDS, mean(one), mean(other), test));
            }
        }
    }

    private double[] values(List<RunFolder> runs, String metric) {
        return runs.stream()
                .map(run -> metrics(run).value(metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    private SplitMetrics metrics(RunFolder run) {
        return split == Split.TEST
                ? run.contents().metrics().test()
                : run.contents().metrics().validation();
    }

    private void aucOverUsers(String method, List<RunFolder> first, List<RunFolder> second, List<Row> rows)
            throws IOException {
        List<float[]> one = logits(first);
        List<float[]> other = logits(second);
        for (ComparedMetric metric : ComparedMetric.AUCS) {
            int[] own = slices.rows(metric.slice(), samples);
            if (Auc.of(one.get(0), samples, own).isEmpty()) {
                continue;
            }
            PairedBootstrap bootstrap =
                    PairedBootstrap.of(one, other, samples, own, REPLICATES, CONFIDENCE, new Seed(1));
            double baseline = one.stream()
                    .mapToDouble(scores -> Auc.of(scores, samples, own).orElseThrow())
                    .average()
                    .orElseThrow();
            rows.add(new Row(
                    method,
                    metric.name(),
                    Pairing.USERS,
                    bootstrap.users(),
                    baseline,
                    baseline + bootstrap.difference(),
                    bootstrap.difference(),
                    bootstrap.lower(),
                    bootstrap.upper(),
                    bootstrap.pValue(),
                    1,
                    bootstrap.effectSize(),
                    bootstrap.difference() > 0 ? Verdict.BETTER : Verdict.WORSE));
        }
    }

    private void logLossOverUsers(String method, List<RunFolder> first, List<RunFolder> second, List<Row> rows)
            throws IOException {
        double[] one = userLosses(logits(first));
        double[] other = userLosses(logits(second));
        if (one.length >= 2) {
            PairedTTest test = PairedTTest.of(one, other, CONFIDENCE);
            rows.add(row(method, "logLoss", false, Pairing.USERS, mean(one), mean(other), test));
        }
    }

    /** Each user's mean loss over its rows, the mean over runs; all users have equally many rows. */
    private double[] userLosses(List<float[]> runs) {
        int users = split.log(dataset).users();
        double[] losses = new double[users];
        int[] counts = new int[users];
        for (int row = 0; row < samples.size(); row++) {
            int user = samples.instances().users()[row];
            counts[user] += runs.size();
            for (float[] scores : runs) {
                losses[user] += LogLoss.of(scores[row], samples.label(row));
            }
        }
        return IntStream.range(0, users)
                .filter(user -> counts[user] > 0)
                .mapToDouble(user -> losses[user] / counts[user])
                .toArray();
    }

    private List<float[]> logits(List<RunFolder> runs) throws IOException {
        List<float[]> all = new ArrayList<>();
        for (RunFolder run : runs) {
            float[] scores = logits.get(run.path());
            if (scores == null) {
                try (CtrModel model = RunReplay.model(run, dataset)) {
                    scores = model.score(split.log(dataset), samples.instances());
                }
                logits.put(run.path(), scores);
                listener.progressed("scoring runs", logits.size(), 0);
            }
            all.add(scores);
        }
        return all;
    }

    private void ranksOverUsers(String method, List<RunFolder> first, List<RunFolder> second, List<Row> rows)
            throws IOException {
        List<RunFolder> all = new ArrayList<>(first);
        all.addAll(second);
        List<RankedUsers> ranked = new ArrayList<>();
        for (RunFolder run : all) {
            Path file = RankedUsers.file(run.path(), split);
            if (!Files.exists(file)) {
                notes.add("Ranks are not compared: 'sllmr evaluate " + run.path() + " --full-ranking"
                        + (split == Split.TEST ? "" : " --split validation") + "' makes those of this run.");
                return;
            }
            RankedUsers read = RankedUsers.read(file);
            if (!read.header().dataHash().equals(dataset.trainingData().hash())
                    || !read.header()
                            .configurationHash()
                            .equals(run.contents().provenance().configurationHash())) {
                throw new InvalidInputException(
                        file.toString(), "is of another run or dataset; run 'sllmr evaluate' on this one again");
            }
            if (!ranked.isEmpty() && !Arrays.equals(read.users(), ranked.get(0).users())) {
                throw new InvalidInputException(
                        file.toString(),
                        "holds " + read.users().length + " other users than the "
                                + ranked.get(0).users().length + " of "
                                + RankedUsers.file(all.get(0).path(), split)
                                + "; rank both with the same --users and --seed");
            }
            ranked.add(read);
        }
        for (RankingMetric metric : ComparedMetric.ranking(cutoffs)) {
            double[] one = meanOfRuns(ranked.subList(0, first.size()), metric);
            double[] other = meanOfRuns(ranked.subList(first.size(), ranked.size()), metric);
            if (one.length >= 2) {
                PairedTTest test = PairedTTest.of(one, other, CONFIDENCE);
                rows.add(row(
                        method,
                        "ranking " + metric.name(),
                        metric.higherIsBetter(),
                        Pairing.USERS,
                        mean(one),
                        mean(other),
                        test));
            }
        }
    }

    /** Each user's number, the mean over runs; users that have none are left out. */
    private static double[] meanOfRuns(List<RankedUsers> runs, RankingMetric metric) {
        double[] sum = new double[runs.get(0).users().length];
        for (RankedUsers run : runs) {
            double[] own = metric.of(run.rankings());
            for (int user = 0; user < sum.length; user++) {
                sum[user] += own[user] / runs.size();
            }
        }
        return Arrays.stream(sum).filter(value -> !Double.isNaN(value)).toArray();
    }

    private static Row row(
            String method,
            String metric,
            boolean higherIsBetter,
            Pairing pairing,
            double baseline,
            double value,
            PairedTTest test) {
        return new Row(
                method,
                metric,
                pairing,
                test.pairs(),
                baseline,
                value,
                test.difference(),
                test.lower(),
                test.upper(),
                test.pValue(),
                1,
                test.effectSize(),
                test.difference() > 0 == higherIsBetter ? Verdict.BETTER : Verdict.WORSE);
    }

    /** Corrects the p-values of each pairing, and takes back verdicts that do not stand. */
    private static List<Row> corrected(List<Row> rows) {
        List<Row> all = new ArrayList<>();
        for (Pairing pairing : Pairing.values()) {
            List<Row> own =
                    rows.stream().filter(row -> row.pairing() == pairing).toList();
            double[] corrected =
                    Holm.correct(own.stream().mapToDouble(Row::pValue).toArray());
            for (int i = 0; i < corrected.length; i++) {
                Row row = own.get(i);
                boolean stands = corrected[i] < 1 - CONFIDENCE && row.difference() != 0;
                all.add(new Row(
                        row.method(),
                        row.metric(),
                        pairing,
                        row.n(),
                        row.baseline(),
                        row.value(),
                        row.difference(),
                        row.lower(),
                        row.upper(),
                        row.pValue(),
                        corrected[i],
                        row.effectSize(),
                        stands ? row.verdict() : Verdict.NOT_SIGNIFICANT));
            }
        }
        return all;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.SplitMetrics;
import org.sllmr.runs.compare.Comparison.Row;
import org.sllmr.runs.ranking.RankedUsers;
import org.sllmr.runs.ranking.Split;

/**
 * Compares methods with that of the first run, paired over seeds and over users.
 *
 * <p>Over seeds it is a paired t-test of each metric of {@code metrics.json}. Over users, AUC and log loss are compared
 * by bootstrap, and the stored full rankings by a paired t-test of each user's metric; a method with several seeds
 * counts by its mean over the seeds that both methods have.
 */
public final class RunComparison {
    private final Dataset dataset;
    private final Split split;
    private final List<Integer> cutoffs;
    private final UserTests users;
    private final List<String> notes = new ArrayList<>();

    private RunComparison(Dataset dataset, Split split, List<Integer> cutoffs, ProgressListener listener) {
        this.dataset = dataset;
        this.split = split;
        this.cutoffs = cutoffs;
        this.users = new UserTests(dataset, split, listener);
    }

    /**
     * Compares methods.
     *
     * @param groups at least two methods; the first is the baseline
     * @param dataset the dataset of all runs
     * @param cutoffs the k of metrics of ranks
     * @param listener receives the number of runs scored
     * @throws InvalidInputException if it is another dataset, or rankings are of other samples
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
            List<Difference> own = new ArrayList<>();
            if (shared.isEmpty()) {
                notes.add(method.name() + " shares no seed with " + baseline.name() + ": it is not compared over"
                        + " seeds, and over users by the mean of all runs.");
            } else if (first.size() < 2) {
                notes.add(method.name() + " shares one seed with " + baseline.name() + ": it is not compared over"
                        + " seeds, which takes two or more.");
            } else {
                overSeeds(first, second, own);
            }
            for (SampleMetric metric : SampleMetric.compared()) {
                users.of(metric, first, second).ifPresent(own::add);
            }
            ranksOverUsers(first, second, own);
            own.forEach(difference -> rows.add(new Row(method.name(), difference)));
        }
        List<Difference> corrected =
                PairedComparison.corrected(rows.stream().map(Row::difference).toList());
        List<Row> judged = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            judged.add(new Row(rows.get(index).method(), corrected.get(index)));
        }
        return new Comparison(
                dataset.trainingData().name(),
                split.text(),
                baseline.name(),
                judged,
                notes.stream().distinct().toList());
    }

    private static List<RunFolder> runs(RunGroup group, Optional<List<Long>> seeds) {
        return seeds.map(shared ->
                        shared.stream().map(seed -> group.bySeed().get(seed)).toList())
                .orElseGet(() -> List.copyOf(group.bySeed().values()));
    }

    private void overSeeds(List<RunFolder> first, List<RunFolder> second, List<Difference> differences) {
        for (SampleMetric metric : SampleMetric.compared()) {
            double[] one = values(first, metric);
            double[] other = values(second, metric);
            if (one.length == first.size() && other.length == second.size()) {
                differences.add(PairedComparison.overSeeds(metric, one, other));
            }
        }
    }

    private double[] values(List<RunFolder> runs, SampleMetric metric) {
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

    private void ranksOverUsers(List<RunFolder> first, List<RunFolder> second, List<Difference> differences)
            throws IOException {
        List<RunFolder> all = new ArrayList<>(first);
        all.addAll(second);
        List<RankedUsers> ranked = new ArrayList<>();
        for (RunFolder run : all) {
            Path file = RankedUsers.file(run.path(), split);
            if (!Files.exists(file)) {
                notes.add("Ranks are not compared: 'sllmr evaluate " + run.path() + ""
                        + " --full-ranking" + (split == Split.TEST ? "" : " --split validation") + "' computes those"
                        + " of this run.");
                return;
            }
            RankedUsers read = RankedUsers.read(file);
            if (!read.header().dataHash().equals(dataset.trainingData().hash())
                    || !read.header()
                            .configurationHash()
                            .equals(run.contents().provenance().configurationHash())) {
                throw new InvalidInputException(
                        file.toString(), "is of another run or dataset; run 'sllmr evaluate' on this run again");
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
        for (RankingMetric metric : RankingMetric.compared(cutoffs)) {
            double[] one = meanOfRuns(ranked.subList(0, first.size()), metric);
            double[] other = meanOfRuns(ranked.subList(first.size(), ranked.size()), metric);
            if (one.length >= 2) {
                differences.add(PairedComparison.overUsers(metric, one, other));
            }
        }
    }

    /** Each user's metric, averaged over runs; users without a value are left out. */
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
}

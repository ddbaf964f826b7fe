// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.file.WholeFile;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Metric;
import org.sllmr.evaluation.ranking.ListMetrics;
import org.sllmr.evaluation.ranking.RankingMetric;
import org.sllmr.evaluation.ranking.RankingMetric.Kind;
import org.sllmr.evaluation.ranking.UserRanking;
import org.sllmr.evaluation.significance.Interval;
import org.sllmr.evaluation.significance.UserBootstrap;
import org.sllmr.evaluation.slice.SliceMetric;
import org.sllmr.evaluation.slice.Slicing;
import org.sllmr.runs.Machine;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.Versions;
import org.sllmr.runs.ranking.RankingResult.Estimate;
import org.sllmr.runs.ranking.RankingResult.PartMetric;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ranks each held-out positive among all items that the user had not interacted with before it.
 *
 * <p>A user's candidates are all items except those at positions before the held-out one; the positive itself is always
 * a candidate, even if the user had interacted with it before. Later interactions are unknown, as in serving: for
 * validation, the test positive is a candidate like any other.
 */
public final class FullRanking {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double CONFIDENCE = 0.95;
    private static final int REPLICATES = 1000;

    private FullRanking() {}

    /**
     * Ranks the users of a run and writes {@code ranking-SPLIT.json} and {@code ranking-SPLIT.users} into its folder,
     * replacing those of an earlier ranking of that split.
     *
     * @param run the run
     * @param dataset the dataset it was trained on
     * @param listener receives the number of scores computed; from several threads, one at a time
     * @throws InvalidInputException if it is another dataset, or the files cannot be written
     */
    public static RankingResult run(RunFolder run, Dataset dataset, RankingSettings settings, ProgressListener listener)
            throws IOException {
        return run(run, dataset, settings, UserRanker.HERE, listener);
    }

    /**
     * The same by another ranker.
     *
     * @param ranker ranks the users
     */
    public static RankingResult run(
            RunFolder run, Dataset dataset, RankingSettings settings, UserRanker ranker, ProgressListener listener)
            throws IOException {
        Instant started = Instant.now();
        TrainingData data = dataset.trainingData();
        Samples samples = settings.split().samples(dataset);
        run.requireJudged("and cannot be evaluated");
        InteractionLog log = settings.split().log(dataset);
        if (samples.labelled() && data.log().users() == 1) {
            throw new InvalidInputException(
                    "dataset '" + data.name() + "'",
                    "has no users (it was prepared without --user), so there is nobody to rank the items for; evaluate"
                            + " without --full-ranking");
        }
        Seed seed = new Seed(settings.seed());
        RankingTargets targets = RankingTargets.of(samples, settings.users(), seed.child("users"));
        int longest = settings.cutoffs().get(settings.cutoffs().size() - 1);
        long start = System.nanoTime();
        UserRanker.Ranked lists = ranker.rank(run, dataset, log, targets, longest, listener);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<UserRanking> rankings = lists.rankings();
        String configurationHash = run.contents().provenance().configurationHash();
        RankedUsers ranked = new RankedUsers(
                new RankedUsers.Header(settings.split().text(), data.hash(), configurationHash),
                targets.users(),
                rankings);
        Map<RankingMetric, double[]> values = new LinkedHashMap<>();
        for (RankingMetric metric : RankingMetric.standard(settings.cutoffs())) {
            values.put(metric, metric.of(rankings));
        }
        UserBootstrap bootstrap = new UserBootstrap(REPLICATES, CONFIDENCE, seed.child("intervals"));
        List<PartMetric> slices = new ArrayList<>();
        if (settings.slices()) {
            float[] logits = RunEvaluation.scorer(run, dataset).score(log, samples.instances());
            List<Slicing> slicings = SampleSlices.slicings(logits, samples, dataset);
            // A part has few users, so only the longest cut-off is informative.
            Map<Metric, double[]> shown = new LinkedHashMap<>(values);
            shown.keySet()
                    .retainAll(List.of(
                            RankingMetric.of(Kind.AUC),
                            RankingMetric.of(Kind.MRR),
                            new RankingMetric(Kind.HIT_RATE, longest),
                            new RankingMetric(Kind.NDCG, longest)));
            SliceMetric.ofRankings(slicings, samples, targets.groups(), shown, bootstrap)
                    .forEach(metric -> slices.add(PartMetric.of(metric)));
        }
        double scores = (double) targets.users().length * data.catalogue().size();
        RankingResult result = new RankingResult(
                settings.split().text(),
                targets.users().length,
                data.log().users(),
                data.catalogue().size(),
                rankings.stream().mapToInt(UserRanking::candidates).average().orElseThrow(),
                CONFIDENCE,
                estimates(values, bootstrap),
                listMetrics(lists.tops(), settings.cutoffs(), data),
                slices,
                new RankingResult.Provenance(
                        configurationHash,
                        data.name(),
                        data.hash(),
                        settings.seed(),
                        Versions.ofLibraries(),
                        Machine.here(),
                        started,
                        seconds,
                        scores / seconds));
        write(run.path(), settings.split(), ranked, result);
        return result;
    }

    private static Map<String, Estimate> estimates(Map<RankingMetric, double[]> values, UserBootstrap bootstrap) {
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        values.forEach((metric, ofUsers) -> {
            double sum = 0;
            int count = 0;
            for (double value : ofUsers) {
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
            Interval interval = bootstrap.ofMean(ofUsers).orElse(new Interval(Double.NaN, Double.NaN));
            if (count > 0) {
                estimates.put(metric.key(), new Estimate(sum / count, interval.lower(), interval.upper()));
            }
        });
        return estimates;
    }

    private static Map<Integer, ListMetrics> listMetrics(int[][] tops, List<Integer> cutoffs, TrainingData data) {
        Popularity popularity = Popularity.of(data);
        Map<Integer, ListMetrics> lists = new LinkedHashMap<>();
        for (int k : cutoffs) {
            lists.put(k, ListMetrics.of(tops, k, popularity.longTail(), popularity.positives()));
        }
        return lists;
    }

    private static void write(Path run, Split split, RankedUsers ranked, RankingResult result) {
        Path file = run.resolve("ranking-" + split.text() + ".json").toAbsolutePath();
        try {
            ranked.write(RankedUsers.file(run, split));
            WholeFile.write(file, JSON.writeValueAsString(result) + "\n");
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(), "cannot be written: " + e + "; free some space or make the folder writable");
        }
    }
}

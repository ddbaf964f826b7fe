// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sllmr.data.ProgressListener;
import org.sllmr.data.Samples;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.SampleMetric;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.significance.Difference;
import org.sllmr.evaluation.significance.PairedComparison;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.Split;

/** Tests over users: scores the samples of a split with each stored model once, and bootstraps over users. */
public final class UserTests {
    private final Dataset dataset;
    private final Split split;
    private final ProgressListener listener;
    private final Slices slices;
    private final Samples samples;
    private final Map<Path, float[]> logits = new LinkedHashMap<>();
    private final Map<Query, Optional<Difference>> results = new LinkedHashMap<>();

    private record Query(SampleMetric metric, List<Path> baseline, List<Path> method) {}

    /**
     * Tests on one dataset.
     *
     * @param dataset the dataset of all runs
     * @param listener receives the number of runs scored
     */
    public UserTests(Dataset dataset, Split split, ProgressListener listener) {
        this.dataset = dataset;
        this.split = split;
        this.listener = listener;
        this.slices = Slices.of(dataset.trainingData());
        this.samples = split.samples(dataset);
    }

    /**
     * Compares two methods by the mean of their runs; the p value is not corrected.
     *
     * @param metric AUC or log loss of any slice, or a mean over impressions
     * @return empty if the metric is undefined on these samples
     */
    public Optional<Difference> of(SampleMetric metric, List<RunFolder> baseline, List<RunFolder> method)
            throws IOException {
        Query query = new Query(metric, paths(baseline), paths(method));
        Optional<Difference> known = results.get(query);
        if (known == null) {
            known = test(metric, baseline, method);
            results.put(query, known);
        }
        return known;
    }

    private static List<Path> paths(List<RunFolder> runs) {
        return runs.stream().map(RunFolder::path).toList();
    }

    private Optional<Difference> test(SampleMetric metric, List<RunFolder> baseline, List<RunFolder> method)
            throws IOException {
        List<float[]> first = logits(baseline);
        List<float[]> second = logits(method);
        int[] rows = slices.rows(metric.slice(), samples);
        boolean defined = rows.length > 0
                && (!metric.kind().withinImpressions()
                        || Arrays.stream(metric.kind().ofLists(first.get(0), samples))
                                .anyMatch(value -> !Double.isNaN(value)))
                && (metric.kind() != SampleMetric.Kind.AUC
                        || Auc.of(first.get(0), samples, rows).isPresent());
        return defined
                ? Optional.of(PairedComparison.overUsers(metric, first, second, samples, rows))
                : Optional.empty();
    }

    private List<float[]> logits(List<RunFolder> runs) throws IOException {
        List<float[]> all = new ArrayList<>();
        for (RunFolder run : runs) {
            float[] scores = logits.get(run.path());
            if (scores == null) {
                scores = RunEvaluation.logits(run, dataset, split.text(), split.log(dataset), samples);
                logits.put(run.path(), scores);
                listener.progressed("scoring runs", logits.size(), 0);
            }
            all.add(scores);
        }
        return all;
    }
}

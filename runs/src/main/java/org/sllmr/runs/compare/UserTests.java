// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.sllmr.model.CtrModel;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.RunReplay;
import org.sllmr.runs.ranking.Split;

/** Tests over users: scores the samples of a split with stored models, each model once, and draws users. */
public final class UserTests {
    private final Dataset dataset;
    private final Split split;
    private final ProgressListener listener;
    private final Slices slices;
    private final Samples samples;
    private final Map<Path, float[]> logits = new LinkedHashMap<>();
    private final Map<Asked, Optional<Difference>> answers = new LinkedHashMap<>();

    private record Asked(SampleMetric metric, List<Path> baseline, List<Path> method) {}

    /**
     * Tests on a dataset.
     *
     * @param dataset what all runs were trained on
     * @param listener told of runs scored
     */
    public UserTests(Dataset dataset, Split split, ProgressListener listener) {
        this.dataset = dataset;
        this.split = split;
        this.listener = listener;
        this.slices = Slices.of(dataset.trainingData());
        this.samples = split.samples(dataset);
    }

    /**
     * Compares two methods by the mean of their runs; the p value is of this difference by itself.
     *
     * @param metric AUC or log loss, of any slice
     * @return empty where the metric is not defined on these samples
     */
    public Optional<Difference> of(SampleMetric metric, List<RunFolder> baseline, List<RunFolder> method)
            throws IOException {
        Asked asked = new Asked(metric, paths(baseline), paths(method));
        Optional<Difference> known = answers.get(asked);
        if (known == null) {
            known = test(metric, baseline, method);
            answers.put(asked, known);
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
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.data.Popularity;
import org.sllmr.data.Samples;
import org.sllmr.data.Seed;
import org.sllmr.data.TrainingData;
import org.sllmr.data.store.Dataset;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.significance.UserBootstrap;
import org.sllmr.evaluation.slice.SliceMetric;
import org.sllmr.evaluation.slice.Slicing;
import org.sllmr.runs.RunEvaluation;
import org.sllmr.runs.RunFolder;
import org.sllmr.runs.ranking.RankingResult.PartMetric;

/** Evaluates the stored samples of a run by part. */
public final class SampleSlices {
    private static final double CONFIDENCE = 0.95;
    private static final int REPLICATES = 1000;

    private SampleSlices() {}

    /**
     * AUC and log loss of every part of a split, with intervals.
     *
     * @throws InvalidInputException if the dataset is not the one that the run was trained on
     */
    public static List<PartMetric> of(RunFolder run, Dataset dataset, RankingSettings settings) throws IOException {
        run.requireJudged("and has no slices");
        Samples samples = settings.split().samples(dataset);
        float[] logits = RunEvaluation.logits(
                run, dataset, settings.split().text(), settings.split().log(dataset), samples);
        List<Slicing> slicings = slicings(logits, samples, dataset);
        UserBootstrap bootstrap =
                new UserBootstrap(REPLICATES, CONFIDENCE, new Seed(settings.seed()).child("intervals"));
        return SliceMetric.ofRows(slicings, logits, samples, bootstrap).stream()
                .map(PartMetric::of)
                .toList();
    }

    /**
     * All slicings of samples, also by the long tail of all parts together.
     *
     * @param logits one for each sample
     */
    static List<Slicing> slicings(float[] logits, Samples samples, Dataset dataset) {
        TrainingData data = dataset.trainingData();
        List<Slicing> slicings = new ArrayList<>(Slicing.all(logits, samples, Slices.of(data), data));
        slicings.addAll(Slicing.byItemOfAllParts(
                samples, Popularity.ofAllParts(data, dataset.testData()).longTail()));
        return slicings;
    }
}

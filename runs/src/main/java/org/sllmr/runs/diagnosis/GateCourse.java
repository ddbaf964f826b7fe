// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.slice.Slicing;
import org.sllmr.runs.EpochResult;
import org.sllmr.runs.GuidanceState;
import org.sllmr.runs.RunContents;

/**
 * What guidance and its gate did, epoch by epoch, and whether the gate is open where the teacher is ahead.
 *
 * @param keptEpoch the epoch whose weights were kept, from 1
 * @param epochs the epochs with guidance; empty for a run without it
 * @param regions where the gate ended; empty without a gate
 */
public record GateCourse(int keptEpoch, List<Epoch> epochs, List<Region> regions) {
    /** Copies the lists. */
    public GateCourse {
        epochs = List.copyOf(epochs);
        regions = List.copyOf(regions);
    }

    /**
     * One epoch.
     *
     * @param epoch its number, from 1
     * @param weights the gate's parameters by name; empty for a gate that learns nothing, or without a gate
     * @param meanByRegion mean gate over the epoch's pairs by region; empty without a gate
     * @param meanHinge mean hinge over the epoch's pairs, in logits, before the gate
     * @param violatedShare share of pairs whose hinge was above 0
     * @param pairsPerStep mean number of pairs a step
     */
    public record Epoch(
            int epoch,
            Map<String, Double> weights,
            Map<String, Double> meanByRegion,
            double meanHinge,
            double violatedShare,
            double pairsPerStep) {
        /** Copies the maps, keeping their order. */
        public Epoch {
            weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
            meanByRegion = Collections.unmodifiableMap(new LinkedHashMap<>(meanByRegion));
        }
    }

    /**
     * The gate of a region beside what teacher and model are worth there.
     *
     * @param region cold or warm user, tail or head item: of guided rows for the gate, of the positive for the AUCs
     * @param gate mean gate in the kept epoch
     * @param samples rows that both are judged on: those that the teacher scored
     * @param teacher AUC of the teacher; empty where it is not defined
     * @param model AUC of the run without guidance, or of the guided run if there is no other
     */
    public record Region(String region, double gate, int samples, OptionalDouble teacher, OptionalDouble model) {}

    /** The course of a run's gate. */
    static GateCourse of(RunContents contents, ScoredSamples scored, Slices slices) {
        int kept = contents.metrics().bestEpoch();
        List<Epoch> epochs = new ArrayList<>();
        Map<String, Double> last = Map.of();
        for (EpochResult result : contents.epochs()) {
            if (result.guidance().isEmpty()) {
                continue;
            }
            GuidanceState state = result.guidance().get();
            epochs.add(new Epoch(
                    result.epoch(),
                    state.gateWeights(),
                    state.meanGateByRegion(),
                    state.meanHinge(),
                    state.violatedShare(),
                    state.pairsPerStep()));
            if (result.epoch() == kept) {
                last = state.meanGateByRegion();
            }
        }
        return new GateCourse(kept, epochs, regions(last, scored, slices));
    }

    private static List<Region> regions(Map<String, Double> gates, ScoredSamples scored, Slices slices) {
        Samples samples = scored.samples();
        Slicing slicing = Slicing.byRegion(samples, slices);
        boolean[] judged = scored.judged();
        float[] model = scored.without().orElse(scored.run());
        List<Region> regions = new ArrayList<>();
        for (int part = 0; part < slicing.labels().size(); part++) {
            Double gate = gates.get(slicing.labels().get(part));
            if (gate != null) {
                int[] rows = Arrays.stream(slicing.rows(part))
                        .filter(row -> judged[row])
                        .toArray();
                regions.add(new Region(
                        slicing.labels().get(part),
                        gate,
                        rows.length,
                        Auc.of(scored.teacher(), samples, rows),
                        Auc.of(model, samples, rows)));
            }
        }
        return regions;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.sllmr.data.Samples;
import org.sllmr.evaluation.Auc;
import org.sllmr.evaluation.Slices;
import org.sllmr.evaluation.slice.Slicing;
import org.sllmr.runs.GuidanceEpoch;
import org.sllmr.runs.RunContents;

/**
 * What guidance and its gate did by epoch, and whether the gate opens where the teacher is better than the model.
 *
 * @param keptEpoch the epoch whose weights were kept, from 1; 0 if they are those of the backbone alone
 * @param epochs the epochs with guidance; empty for a run without it
 * @param regions the gate in the kept epoch by region; empty without a gate or without a kept epoch
 */
public record GuidanceHistory(int keptEpoch, List<GuidanceEpoch> epochs, List<Region> regions) {
    /** Copies the lists. */
    public GuidanceHistory {
        epochs = List.copyOf(epochs);
        regions = List.copyOf(regions);
    }

    /**
     * The gate of a region beside the AUC of teacher and model there.
     *
     * @param region cold or warm user and tail or head item: of guidance rows for the gate, of the positive for the
     *     AUCs
     * @param gate mean gate in the kept epoch
     * @param samples number of samples of both AUCs: those in groups that the teacher scored completely
     * @param teacher AUC of the teacher; empty if undefined
     * @param model AUC of the run without guidance, or of the guided run if there is none
     */
    public record Region(String region, double gate, int samples, OptionalDouble teacher, OptionalDouble model) {}

    /** The history of a run's guidance. */
    static GuidanceHistory of(RunContents contents, ScoredSamples scored, Slices slices) {
        int kept = contents.metrics().bestEpoch();
        List<GuidanceEpoch> epochs = contents.guidance();
        Map<String, Double> gates = epochs.stream()
                .filter(epoch -> epoch.epoch() == kept)
                .findFirst()
                .map(GuidanceEpoch::meanByRegion)
                .orElse(Map.of());
        return new GuidanceHistory(kept, epochs, regions(gates, scored, slices));
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

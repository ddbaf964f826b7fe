// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.scoring;

import java.io.Serializable;
import org.sllmr.configuration.binding.SettingsReader;
import org.sllmr.configuration.binding.SettingsWriter;
import org.sllmr.configuration.binding.Variants;
import org.sllmr.teacher.plan.CandidatePlan;
import org.sllmr.teacher.plan.PlanSettings;
import org.sllmr.teacher.plan.PlanSources;
import org.sllmr.teacher.vector.Clusters;

/** What all users of a plan share, as it is sent by broadcast. */
final class SentSources implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String dataset;
    private final String datasetHash;
    private final long seed;
    private final String settings;
    private final SentVectors vectors;
    private final float[] bonuses;
    private final int[] clusterOffsets;
    private final int[] clusterItems;
    private final int[] popular;

    SentSources(PlanSources sources) {
        this.dataset = sources.origin().dataset();
        this.datasetHash = sources.origin().datasetHash();
        this.seed = sources.origin().seed();
        this.settings =
                SettingsWriter.of(Variants.none()).write(sources.origin().settings());
        this.vectors = new SentVectors(sources.embeddings(), sources.nearness().values());
        this.bonuses = sources.bonuses();
        this.clusterOffsets = sources.clusters().offsets();
        this.clusterItems = sources.clusters().items();
        this.popular = sources.popular();
    }

    PlanSources open() {
        return new PlanSources(
                new CandidatePlan.Origin(
                        dataset,
                        datasetHash,
                        seed,
                        SettingsReader.of(PlanSettings.class, Variants.none())
                                .text("plan", settings)
                                .read()),
                vectors.open(),
                vectors.settings(),
                bonuses,
                new Clusters(clusterOffsets, clusterItems),
                popular);
    }
}

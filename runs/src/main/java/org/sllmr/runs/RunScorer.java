// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.data.Instances;
import org.sllmr.data.InteractionLog;
import org.sllmr.model.CatalogueScorer;
import org.sllmr.model.Model;
import org.sllmr.model.Scorer;

/** What a run scores with: its model, or its model blended with a teacher. */
public interface RunScorer extends Scorer {
    /** Scores whole catalogues of that many items. */
    CatalogueScorer catalogueScorer(int items);

    /** A model by itself. */
    static RunScorer of(Model model) {
        return new RunScorer() {
            @Override
            public float[] score(InteractionLog log, Instances instances) {
                return model.score(log, instances);
            }

            @Override
            public CatalogueScorer catalogueScorer(int items) {
                return model.catalogueScorer(items);
            }
        };
    }
}

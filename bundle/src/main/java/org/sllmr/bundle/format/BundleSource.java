// SPDX-License-Identifier: Apache-2.0
package org.sllmr.bundle.format;

import java.util.Optional;
import org.sllmr.data.InteractionLog;
import org.sllmr.data.Popularity;
import org.sllmr.data.TrainingData;
import org.sllmr.model.Model;

/**
 * What a bundle is made of.
 *
 * @param name name of the model
 * @param run the run
 * @param data the data that the model was trained on, with all that it reads
 * @param model the model
 * @param histories all interactions
 * @param popularity of the training data
 * @param form what is kept of users
 * @param blend what its scores are blended with
 */
public record BundleSource(
        String name,
        Manifest.RunOrigin run,
        TrainingData data,
        Model model,
        InteractionLog histories,
        Popularity popularity,
        HistoryForm form,
        Optional<BlendSource> blend) {
    /** A model whose scores are not blended. */
    public BundleSource(
            String name,
            Manifest.RunOrigin run,
            TrainingData data,
            Model model,
            InteractionLog histories,
            Popularity popularity,
            HistoryForm form) {
        this(name, run, data, model, histories, popularity, form, Optional.empty());
    }
}

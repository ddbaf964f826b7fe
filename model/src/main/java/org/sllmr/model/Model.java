// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.List;
import org.sllmr.model.file.NamedTensor;
import org.sllmr.model.schema.FeatureSchema;

/**
 * A model of a run: it is trained, written to a file, read again, and ranks whole catalogues.
 *
 * <p>{@link ModelSettings#create} makes it; whoever trains, evaluates or ranks need not know of which kind it is.
 */
public interface Model extends TrainableModel {
    /** Its fields and tables. */
    FeatureSchema schema();

    /** What it was made with. */
    ModelSettings settings();

    /** Copies of everything that scoring depends on, each with its name and shape; the same names for the same settings. */
    List<NamedTensor> tensors();

    /**
     * Takes such tensors over; optimizer state stays as it is.
     *
     * @param tensors the names and shapes of {@link #tensors()}, in any order
     * @throws IllegalArgumentException if a name is missing or a shape is another one
     */
    void restoreTensors(List<NamedTensor> tensors);

    /**
     * Scores whole catalogues with the model as it is now; it must not be trained while that is in use.
     *
     * @param items number of items of the catalogue
     * @param settings threads and blocks; the scores are the same with any
     */
    CatalogueScorer catalogueScorer(int items, CatalogueScoring settings);

    /** As {@link #catalogueScorer(int, CatalogueScoring)}, with the usual threads and blocks. */
    default CatalogueScorer catalogueScorer(int items) {
        return catalogueScorer(items, CatalogueScoring.defaults());
    }

    /**
     * Scores requests with the model as it is now; it must not be trained while that is in use.
     *
     * @param items number of items of the catalogue
     * @param keptBytes memory for what is computed of the items alone; what does not fit is computed for each request
     */
    RequestScorer requestScorer(int items, long keptBytes);
}

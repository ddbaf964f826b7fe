// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.recommendation;

import java.nio.file.Path;
import org.sllmr.bundle.Recommender;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.spark.bundle.SentBundle;

/**
 * Opens a bundle to recommend with.
 *
 * @param hash identifies its contents, as the driver opened it
 */
public record OpenRecommender(String hash) implements SentBundle.SentOpening<Recommender> {
    @Override
    public Recommender open(Path bundle) {
        Recommender recommender = Recommender.open(bundle).inCallingThread();
        if (!recommender.hash().equals(hash)) {
            throw new InvalidInputException(
                    bundle.toString(), "is not the bundle that the driver opened: it changed meanwhile; start again");
        }
        return recommender;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.evaluation;

import java.nio.file.Path;
import org.sllmr.bundle.format.BundleReader;
import org.sllmr.spark.bundle.SentBundle;

/** Opens a bundle to score with. */
record OpenScorer() implements SentBundle.SentOpening<BundleReader.Opened> {
    @Override
    public BundleReader.Opened open(Path bundle) {
        return BundleReader.open(bundle).inCallingThread();
    }
}

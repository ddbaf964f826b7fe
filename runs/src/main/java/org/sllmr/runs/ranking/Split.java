// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.Part;
import org.sllmr.data.Samples;
import org.sllmr.data.TestData;
import org.sllmr.data.store.Dataset;

/** A split of the data to evaluate on. */
public enum Split {
    /** The validation samples; the log ends before test. */
    VALIDATION {
        @Override
        public Part part(Dataset dataset) {
            return dataset.trainingData().validation();
        }
    },
    /** The test samples. */
    TEST {
        @Override
        public Part part(Dataset dataset) {
            TestData data = dataset.testData();
            return new Part(data.log(), data.test());
        }
    };

    /** The samples of the split with the log of their histories and contexts. */
    public abstract Part part(Dataset dataset);

    /** The samples of the split. */
    public Samples samples(Dataset dataset) {
        return part(dataset).samples();
    }

    /** The log with the histories and contexts of the samples. */
    public InteractionLog log(Dataset dataset) {
        return part(dataset).log();
    }

    /** The name in files and options. */
    public String text() {
        return this == TEST ? "test" : "validation";
    }
}

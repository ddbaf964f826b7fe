// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.store.Dataset;

/** A split of the data to evaluate on. */
public enum Split {
    /** The validation samples; the log ends before test. */
    VALIDATION {
        @Override
        public Samples samples(Dataset dataset) {
            return dataset.trainingData().validation().samples();
        }

        @Override
        public InteractionLog log(Dataset dataset) {
            return dataset.trainingData().validation().log();
        }
    },
    /** The test samples. */
    TEST {
        @Override
        public Samples samples(Dataset dataset) {
            return dataset.testData().test();
        }

        @Override
        public InteractionLog log(Dataset dataset) {
            return dataset.testData().log();
        }
    };

    /** The samples of the split. */
    public abstract Samples samples(Dataset dataset);

    /** The log with the histories and contexts of the samples. */
    public abstract InteractionLog log(Dataset dataset);

    /** The name in files and options. */
    public String text() {
        return this == TEST ? "test" : "validation";
    }
}

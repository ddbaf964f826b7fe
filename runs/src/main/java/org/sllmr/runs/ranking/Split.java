// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs.ranking;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.Samples;
import org.sllmr.data.store.Dataset;

/** Which held-out positives are ranked. */
public enum Split {
    /** Each user's last interaction but one; the log shows what was before it. */
    VALIDATION {
        @Override
        public Samples samples(Dataset dataset) {
            return dataset.trainingData().validation();
        }

        @Override
        public InteractionLog log(Dataset dataset) {
            return dataset.trainingData().log();
        }
    },
    /** Each user's last interaction; the log shows what was before it. */
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

    /** Where histories and contexts of the samples are looked up. */
    public abstract InteractionLog log(Dataset dataset);

    /** The name in files and options. */
    public String text() {
        return this == TEST ? "test" : "validation";
    }
}

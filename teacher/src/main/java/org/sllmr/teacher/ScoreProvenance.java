// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a teacher table was made from, and how many of the planned candidates got a score.
 *
 * @param teacher name of the teacher
 * @param model identifies its language model
 * @param settings the teacher's other settings
 * @param dataset name of the dataset
 * @param datasetHash the dataset's content hash
 * @param seed seed of the plan's sampling
 * @param planned number of candidates asked about, by source
 * @param answered how many of these got a score, by source; the others are not in the table
 * @param asked sum of {@code planned}
 * @param scored sum of {@code answered}
 * @param usersScored number of users with at least one score
 * @param itemsScored number of items with at least one score
 */
public record ScoreProvenance(
        String teacher,
        String model,
        Map<String, String> settings,
        String dataset,
        String datasetHash,
        long seed,
        Map<String, Integer> planned,
        Map<String, Integer> answered,
        int asked,
        int scored,
        int usersScored,
        int itemsScored) {
    /** The key of validation samples in {@code planned}. */
    private static final String VALIDATION_SOURCE = "VALIDATION";

    /** Copies the maps in their order. */
    public ScoreProvenance {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        planned = Collections.unmodifiableMap(new LinkedHashMap<>(planned));
        answered = Collections.unmodifiableMap(new LinkedHashMap<>(answered));
    }

    /**
     * Whether the scores are for validation samples, which are for evaluating the teacher; training must not use them.
     */
    public boolean ofValidationSamples() {
        return planned.containsKey(VALIDATION_SOURCE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a teacher table comes from and how much of what was asked it holds.
 *
 * @param teacher name of the teacher
 * @param model what identifies its language model
 * @param settings the teacher's other settings
 * @param dataset name of the dataset
 * @param datasetHash the dataset's content hash
 * @param seed seed of the plan's sampling
 * @param planned number of (user, item) pairs asked about, by source
 * @param answered how many of these got a score, by source; the others are absent from the table
 * @param asked sum of {@code planned}
 * @param scored sum of {@code answered}
 * @param usersScored number of users with at least one score
 * @param itemsScored number of items with at least one score
 */
public record Provenance(
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
    /** What {@code planned} calls the candidates of validation samples. */
    private static final String JUDGING = "VALIDATION";

    /** Copies the maps; their order is kept. */
    public Provenance {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        planned = Collections.unmodifiableMap(new LinkedHashMap<>(planned));
        answered = Collections.unmodifiableMap(new LinkedHashMap<>(answered));
    }

    /** Whether the scores are of validation samples: they judge the teacher, and training must not see them. */
    public boolean judges() {
        return planned.containsKey(JUDGING);
    }
}

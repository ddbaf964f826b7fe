// SPDX-License-Identifier: Apache-2.0
package org.sllmr.teacher.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What texts were made from.
 *
 * @param kind what they are about
 * @param teacher who wrote them: a provider, or a name given on import
 * @param model identifies the language model
 * @param settings all other settings that affect the texts
 * @param dataset name of the dataset
 * @param datasetHash the dataset's content hash
 * @param asked number of texts that were asked for
 * @param written how many of these there are; the others were refused by rules, or not asked for yet
 */
public record TextProvenance(
        TextKind kind,
        String teacher,
        String model,
        Map<String, String> settings,
        String dataset,
        String datasetHash,
        int asked,
        int written) {
    /** Copies the map in its order. */
    public TextProvenance {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import org.sllmr.llm.asking.LanguageSettings;
import org.sllmr.llm.asking.LanguageTeacher;
import org.sllmr.llm.openai.ApiKey;

/**
 * What it takes to open a language model.
 *
 * @param settings which model, and how it is asked
 * @param key its key
 * @param batch whether it is asked in batches
 */
public record ModelAccess(LanguageSettings settings, ApiKey key, boolean batch) {
    /** Opens it, without sending a request. */
    LanguageTeacher open() {
        return batch ? LanguageTeacher.openInBatches(settings, key) : LanguageTeacher.open(settings, key);
    }
}

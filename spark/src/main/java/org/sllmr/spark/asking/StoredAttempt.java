// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import org.jspecify.annotations.Nullable;
import org.sllmr.llm.store.Attempt;
import org.sllmr.llm.store.JournalEntry;

/** What later runs and the table of scores need of an attempt; see {@link JournalEntry}. */
@SuppressWarnings("ArrayRecordComponent") // never changed
record StoredAttempt(
        String key,
        int user,
        int pass,
        int chunk,
        int[] candidates,
        double cost,
        String outcome,
        float @Nullable [] scores) {
    static StoredAttempt of(JournalEntry entry) {
        return new StoredAttempt(
                entry.key(),
                entry.user(),
                entry.pass(),
                entry.chunk(),
                entry.candidates(),
                entry.cost(),
                entry.outcome(),
                entry.scores());
    }

    boolean answered() {
        return outcome.equals(Attempt.Answered.NAME);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import org.sllmr.data.Catalogue;
import org.sllmr.data.InteractionLog;

/** The first and the last time of interactions, and with them the counts of a dataset. */
final class TimeRange {
    private long earliest = Long.MAX_VALUE;
    private long latest = InteractionLog.NO_TIME;

    /** Takes in all interactions of a log. */
    void add(InteractionLog log) {
        for (int user = 0; user < log.users(); user++) {
            for (int position = 0; position < log.length(user); position++) {
                long time = log.time(user, position);
                if (time != InteractionLog.NO_TIME) {
                    earliest = Math.min(earliest, time);
                    latest = Math.max(latest, time);
                }
            }
        }
    }

    Manifest.Counts counts(int users, Catalogue catalogue, int interactions) {
        return new Manifest.Counts(
                users,
                catalogue.size(),
                interactions,
                withoutText(catalogue),
                latest == InteractionLog.NO_TIME ? InteractionLog.NO_TIME : earliest,
                latest);
    }

    private static int withoutText(Catalogue catalogue) {
        int count = 0;
        for (int item = 0; item < catalogue.size(); item++) {
            boolean empty = true;
            for (Catalogue.TextColumn text : catalogue.texts()) {
                empty &= text.values().get(item).isBlank();
            }
            if (empty) {
                count++;
            }
        }
        return count;
    }
}

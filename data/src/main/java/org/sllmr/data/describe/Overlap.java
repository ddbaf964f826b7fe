// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.describe;

import org.sllmr.data.InteractionLog;
import org.sllmr.data.store.Dataset;

/**
 * How far training reaches into the time of the test part: what a model that is served after training could not know.
 *
 * @param interactions training interactions with a time
 * @param afterFirstTest how many of them are later than the first test interaction
 * @param firstTest the time of that one, seconds since 1970; the smallest long if no test interaction has a time
 */
public record Overlap(long interactions, long afterFirstTest, long firstTest) {
    static Overlap of(Dataset dataset) {
        InteractionLog training = dataset.trainingData().log();
        long firstTest = dataset.firstTestTime();
        long interactions = 0;
        long after = 0;
        for (int user = 0; user < training.users(); user++) {
            for (int position = 0; position < training.length(user); position++) {
                long time = training.time(user, position);
                interactions += time == InteractionLog.NO_TIME ? 0 : 1;
                after += firstTest != InteractionLog.NO_TIME && time > firstTest ? 1 : 0;
            }
        }
        return new Overlap(interactions, after, firstTest);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.sllmr.llm.Reply;
import org.sllmr.llm.request.Request;
import org.sllmr.llm.request.RequestKey;
import org.sllmr.llm.store.Attempt;

/** Attempts for tests. */
final class Attempts {
    private Attempts() {}

    static Attempt answered(int index) {
        return new Attempt(
                new Request(
                        RequestKey.of(String.format(Locale.ROOT, "%032x", index + 1)), index, 0, 0, new int[] {7, 3}),
                1,
                Instant.EPOCH,
                Duration.ofMillis(5),
                0.25,
                new Attempt.Answered(
                        new Reply("yes \u00e4\n", Reply.Finish.COMPLETE, 10, 5, List.of()), new float[] {0.5f, 1}));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.spark.asking;

import java.io.Serializable;
import java.util.HashMap;
import org.sllmr.llm.run.AskingEnd;
import org.sllmr.llm.run.AskingProgress;
import org.sllmr.llm.run.AskingResult;

/**
 * How far a part is.
 *
 * @param part number of the part
 * @param requests number of its requests
 * @param answeredBefore requests that had an answer when it was opened
 * @param answered requests that have got one since
 * @param left requests that reached their maximum number of attempts
 * @param spent cost of all attempts, of earlier runs too
 * @param faults number of attempts without a usable answer, by kind
 * @param end why it was left
 * @param message the reason in words
 * @param lastFailure message of the provider's last failure
 * @param sample the beginning of the last unusable reply
 * @param adaptations adaptations to what the server refused
 */
record AskedPart(
        int part,
        int requests,
        int answeredBefore,
        int answered,
        int left,
        double spent,
        HashMap<String, Long> faults,
        AskingEnd end,
        String message,
        String lastFailure,
        String sample,
        HashMap<String, String> adaptations)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * A part that is not asked about now.
     *
     * @param end why not
     * @param message the reason in words
     */
    static AskedPart untouched(int part, int requests, PartStore store, AskingEnd end, String message) {
        return new AskedPart(
                part,
                requests,
                store.answeredBefore(),
                0,
                0,
                store.spentBefore(),
                new HashMap<>(),
                end,
                message,
                "",
                "",
                new HashMap<>());
    }

    static AskedPart of(int part, AskingResult result, PartStore store) {
        AskingProgress progress = result.progress();
        return new AskedPart(
                part,
                progress.total(),
                progress.answeredBefore(),
                progress.answered(),
                progress.leftUnanswered(),
                store.spent(),
                new HashMap<>(progress.faults()),
                result.end(),
                result.message(),
                progress.lastFailure(),
                result.sample(),
                new HashMap<>(store.adaptations()));
    }

    /** Number of requests without an answer that may still be sent. */
    int missing() {
        return requests - answeredBefore - answered - left;
    }

    /** The same part after it was asked about again. */
    AskedPart then(AskedPart later) {
        HashMap<String, Long> all = new HashMap<>(faults);
        later.faults.forEach((kind, number) -> all.merge(kind, number, Long::sum));
        HashMap<String, String> adapted = new HashMap<>(adaptations);
        adapted.putAll(later.adaptations);
        return new AskedPart(
                part,
                requests,
                answeredBefore,
                // A lost task's answers were there before its successor.
                later.answeredBefore + later.answered - answeredBefore,
                later.left,
                later.spent,
                all,
                later.end,
                later.message,
                later.lastFailure.isEmpty() ? lastFailure : later.lastFailure,
                later.sample.isEmpty() ? sample : later.sample,
                adapted);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/**
 * The dialect that a server has been found to take.
 *
 * <p>Safe for use by many threads.
 */
final class DialectLearner {
    private final OpenAiSettings settings;
    private final AtomicReference<Dialect> known;

    DialectLearner(OpenAiSettings settings) {
        this.settings = settings;
        this.known = new AtomicReference<>(Dialect.of(settings));
    }

    Dialect known() {
        return known.get();
    }

    /**
     * What to try after a failure; empty where another form would not help.
     *
     * @param asked the dialect of the request that failed
     * @param tried every dialect that this request was sent in
     */
    Optional<Dialect> after(ProviderException failure, Dialect asked, Set<Dialect> tried) {
        if (failure.kind() != Kind.REJECTED) {
            return Optional.empty();
        }
        // Another thread may have learned it meanwhile.
        Dialect now = known.get();
        Optional<Dialect> next =
                tried.contains(now) ? asked.after(String.valueOf(failure.getMessage()), settings) : Optional.of(now);
        return next.filter(one -> !tried.contains(one));
    }

    /** A request was answered in this dialect after others were refused. */
    void learn(Dialect taken) {
        known.set(taken);
    }

    Map<String, String> adaptations() {
        return known.get().adaptations(settings);
    }
}

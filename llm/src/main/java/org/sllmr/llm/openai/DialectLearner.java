// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.openai;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.sllmr.llm.ProviderException;
import org.sllmr.llm.ProviderException.Kind;

/**
 * Learns the dialect of a server.
 *
 * <p>Thread-safe.
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
     * The dialect to try after a failure; empty if another form would not help.
     *
     * @param asked the dialect of the request that failed
     * @param tried all dialects in which this request was sent
     */
    Optional<Dialect> after(ProviderException failure, Dialect asked, Set<Dialect> tried) {
        if (failure.kind() != Kind.REJECTED) {
            return Optional.empty();
        }
        // Another thread may have learned one in the meantime.
        Dialect now = known.get();
        Optional<Dialect> next =
                tried.contains(now) ? asked.after(String.valueOf(failure.getMessage()), settings) : Optional.of(now);
        return next.filter(one -> !tried.contains(one));
    }

    /** Sets the dialect that was accepted after others were refused. */
    void learn(Dialect taken) {
        known.set(taken);
    }

    Map<String, String> adaptations() {
        return known.get().adaptations(settings);
    }
}

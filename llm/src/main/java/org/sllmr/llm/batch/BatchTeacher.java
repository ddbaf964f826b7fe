// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sllmr.llm.ProviderException;

/** Asks questions in batches, which continue at the provider when the program ends. */
public interface BatchTeacher extends AutoCloseable {
    /**
     * Asks questions and waits for every outcome.
     *
     * <p>Batches that an earlier call left open in the same folder are collected first and not paid for twice: their
     * questions are not asked again, and their outcomes are delivered even if they are not among the requests. An
     * outcome that was delivered just before the program was killed may be delivered again.
     *
     * @param requests the questions, with different keys
     * @param folder keeps the open batches until they are collected; must not be shared by runs
     * @param collector receives the outcomes, one per question, a whole batch at a time; if it throws, the call ends,
     *     and the outcomes of that batch are delivered again next time
     * @throws ProviderException if the provider cannot be used, or no longer
     * @throws InterruptedException if the thread is interrupted; the batches continue, and a later call collects them
     */
    void ask(List<BatchRequest> requests, Path folder, BatchListener listener, BatchCollector collector)
            throws ProviderException, IOException, InterruptedException;

    /** Adaptations to what the provider refused, as {@link org.sllmr.llm.LanguageModel#adaptations}. */
    default Map<String, String> adaptations() {
        return Map.of();
    }

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sllmr.llm.ProviderException;

/** Answers questions in batches that outlive the program. */
public interface BatchTeacher extends AutoCloseable {
    /**
     * Asks and waits for every outcome.
     *
     * <p>Batches that an earlier call left open in the same folder are collected first and not paid twice: their
     * questions are not asked again, and their outcomes come whether they are among the requests or not. An outcome that
     * was handed over just before the program died may come once more.
     *
     * @param requests the questions, their keys all different
     * @param folder where the batches are kept until they are collected; one folder for one run
     * @param collector takes the outcomes, one a question, a whole batch at a time; what it throws stops the call, and the
     *     outcomes of that batch come again next time
     * @throws ProviderException if the provider cannot be asked at all, or no longer
     * @throws InterruptedException if the thread is interrupted; the batches go on, and a later call collects them
     */
    void ask(List<BatchRequest> requests, Path folder, BatchListener listener, BatchCollector collector)
            throws ProviderException, IOException, InterruptedException;

    /** What the provider refused and how it is asked instead; as {@link org.sllmr.llm.LanguageModel#adaptations}. */
    default Map<String, String> adaptations() {
        return Map.of();
    }

    @Override
    void close();
}

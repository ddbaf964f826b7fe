// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.io.IOException;
import java.util.List;

/** Receives the outcomes of batches. */
@FunctionalInterface
public interface BatchCollector {
    /**
     * Stores the outcomes of a finished batch. After this returns, the batch is forgotten, so the outcomes must be
     * safe.
     *
     * @throws IOException if they cannot be stored; the batch stays open, and its outcomes are delivered again next
     *     time
     */
    void collect(List<BatchOutcome> batch) throws IOException;
}

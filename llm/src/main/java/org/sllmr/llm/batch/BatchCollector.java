// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.io.IOException;
import java.util.List;

/** Takes what batches brought. */
@FunctionalInterface
public interface BatchCollector {
    /**
     * Takes the outcomes of one batch that ended; when this returns they are kept for good, and the batch is forgotten.
     *
     * @throws IOException if they cannot be kept; the batch stays, and its outcomes come again next time
     */
    void collect(List<BatchOutcome> batch) throws IOException;
}

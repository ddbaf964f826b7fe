// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.sllmr.llm.batch.BatchesUnderWay;
import org.sllmr.llm.store.StoreSummary;

/**
 * The progress of asking a language model.
 *
 * @param answers the contents of the store; in JSON its keys are beside {@code batches}
 * @param batches the batches that are not collected yet
 */
record AskingStatus(@JsonUnwrapped StoreSummary answers, BatchesUnderWay batches) {}

// SPDX-License-Identifier: Apache-2.0
package org.sllmr.cli.score;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.sllmr.llm.batch.BatchesUnderWay;
import org.sllmr.llm.store.StoreSummary;

/**
 * How far asking is.
 *
 * @param answers what the store holds, its numbers beside {@code batches} in JSON
 * @param batches batches at the provider that are not collected yet
 */
record AskingStatus(@JsonUnwrapped StoreSummary answers, BatchesUnderWay batches) {}

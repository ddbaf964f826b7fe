// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.time.Instant;
import java.util.Optional;

/**
 * Batches that were submitted, or are about to be, and are not collected yet.
 *
 * @param batches number of batches
 * @param requests number of their questions
 * @param since when the oldest was created; empty without batches, or if that was not recorded
 */
public record BatchesUnderWay(int batches, int requests, Optional<Instant> since) {}

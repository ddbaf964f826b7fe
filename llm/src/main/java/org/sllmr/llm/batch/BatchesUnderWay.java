// SPDX-License-Identifier: Apache-2.0
package org.sllmr.llm.batch;

import java.time.Instant;
import java.util.Optional;

/**
 * Batches that are paid or about to be, and not collected yet.
 *
 * @param batches how many
 * @param requests questions of all of them
 * @param since when the oldest was written down; empty where nobody noted it, and without batches
 */
public record BatchesUnderWay(int batches, int requests, Optional<Instant> since) {}

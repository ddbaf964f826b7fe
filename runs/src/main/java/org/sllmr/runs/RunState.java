// SPDX-License-Identifier: Apache-2.0
package org.sllmr.runs;

import org.sllmr.model.TrainingState;

/**
 * What a later training goes on from.
 *
 * @param memory what the run knows of its data
 * @param training the kept weights and the optimizer's moments
 */
public record RunState(RunMemory memory, TrainingState training) {}
